package io.floodmark.ingest.kafka;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/// A batch whose records are with the producer, until all of them have an outcome.
///
/// *Threads:* the writer sends, the producer's thread acknowledges, others bury.
final class SentBatch {
    private static final Outcome STORED = new Outcome.Stored();
    private static final Outcome NEIGHBOUR =
            new Outcome.NotTaken("Kafka refused another event of its batch; send it again");

    private final List<Delivery> deliveries;
    private final Burial burial;
    private final Consumer<Sink.Written> done;

    /// Null for stored. Each is written before the count goes down, and read when it is 0.
    private final @Nullable Outcome[] others;

    private final AtomicInteger open;
    private volatile boolean stuck;
    private volatile boolean anyOther;

    SentBatch(List<Delivery> deliveries, Burial burial, Consumer<Sink.Written> done) {
        this.deliveries = deliveries;
        this.burial = burial;
        this.done = done;
        this.others = new Outcome[deliveries.size()];
        this.open = new AtomicInteger(deliveries.size());
    }

    /// Whether Kafka failed for one of them, so that the rest need not be tried.
    boolean stuck() {
        return stuck;
    }

    Callback acknowledge(int index) {
        return (_, failure) -> ended(index, failure);
    }

    void ended(int index, @Nullable Exception failure) {
        if (failure == null) {
            one();
            return;
        }
        switch (Refusal.of(failure)) {
            case POISON ->
                    // Not here: this may be the producer's own thread, which must not wait for
                    // itself.
                    Thread.ofVirtual()
                            .name("ingest-dead-letter")
                            .start(() -> other(index, burial.bury(deliveries.get(index), failure)));
            case NEIGHBOUR -> other(index, NEIGHBOUR);
            case NOT_SENT -> {
                stuck = true;
                other(index, new Outcome.NotTaken("Kafka takes nothing now"));
            }
            case UNKNOWN -> {
                stuck = true;
                other(index, new Outcome.Unknown("Kafka did not answer"));
            }
        }
    }

    /// These were not tried.
    void notTried(int from) {
        stuck = true;
        for (int i = from; i < deliveries.size(); i++) {
            other(i, new Outcome.NotTaken("Kafka takes nothing now"));
        }
    }

    private void other(int index, Outcome outcome) {
        others[index] = outcome;
        anyOther = true;
        one();
    }

    private void one() {
        if (open.decrementAndGet() == 0) {
            done.accept(written());
        }
    }

    private Sink.Written written() {
        if (!anyOther) {
            return new Sink.Written(Collections.nCopies(deliveries.size(), STORED), true);
        }
        return new Sink.Written(
                Arrays.stream(others)
                        .map(outcome -> Objects.requireNonNullElse(outcome, STORED))
                        .toList(),
                !stuck);
    }
}
