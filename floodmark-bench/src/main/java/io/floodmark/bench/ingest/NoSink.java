package io.floodmark.bench.ingest;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import java.util.Collections;
import java.util.List;

/// A sink that says of every event that it is stored, and stores none.
public final class NoSink implements Sink {
    private static final Outcome STORED = new Outcome.Stored();

    /// A sink without anything behind it.
    public NoSink() {}

    @Override
    public AckLevel level() {
        return AckLevel.MEMORY;
    }

    @Override
    public Writer open() {
        return new Writer() {
            @Override
            public Written write(List<Delivery> batch) {
                return new Written(Collections.nCopies(batch.size(), STORED), true);
            }

            @Override
            public void close() {}
        };
    }
}
