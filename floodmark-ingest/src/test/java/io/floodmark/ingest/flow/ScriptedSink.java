package io.floodmark.ingest.flow;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A sink that answers as the test says, and stores everything when it says nothing.
public final class ScriptedSink implements Sink {
    /// What was written, in its order.
    public final List<String> stored = new CopyOnWriteArrayList<>();

    /// What the next batches get.
    public volatile Function<List<Delivery>, Written> script = this::store;

    @Override
    public AckLevel level() {
        return AckLevel.POSTGRES;
    }

    /// Stores all.
    public Written store(List<Delivery> batch) {
        batch.forEach(one -> stored.add(one.event().id()));
        return written(batch, new Outcome.Stored(), true);
    }

    /// The same for all.
    public static Written written(List<Delivery> batch, Outcome outcome, boolean healthy) {
        return new Written(batch.stream().<Outcome>map(_ -> outcome).toList(), healthy);
    }

    @Override
    public Writer open() {
        return new Writer() {
            @Override
            public Written write(List<Delivery> batch) {
                return script.apply(batch);
            }

            @Override
            public void close() {}
        };
    }
}
