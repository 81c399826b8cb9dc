package io.floodmark.ingest.journal;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is in the journal to the sink, from the oldest on, one batch after the other, each
/// again until all of it has been taken or refused. *Threads:* has one of its own until it is
/// closed.
final class Replay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int ROWS_MAX = 10_000;
    private static final long BYTES_MAX = 4L << 20;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration END = Duration.ofSeconds(5);

    private final Journal journal;
    private final Sink.Writer sink;
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private final LongSupplier nanos;
    private volatile boolean failing;

    /// What an event took the last time that the sink took all; without end before that.
    private volatile double nanosPerEvent = Double.POSITIVE_INFINITY;

    private Replay(Journal journal, Sink.Writer sink, LongSupplier nanos) {
        this.journal = journal;
        this.sink = sink;
        this.nanos = nanos;
        this.thread = Thread.ofPlatform().name("ingest-replay").daemon().unstarted(this::run);
    }

    static Replay start(Journal journal, Sink.Writer sink, LongSupplier nanos) {
        Replay replay = new Replay(journal, sink, nanos);
        replay.thread.start();
        return replay;
    }

    /// Events that the sink took from the journal.
    long replayed() {
        return replayed.get();
    }

    /// Events from the journal that the sink refused.
    long refused() {
        return refused.get();
    }

    /// Whether the sink did not take the last batch.
    boolean failing() {
        return failing;
    }

    /// How long so many events take at the pace that the sink had the last time.
    double expectedNanos(long events) {
        return events * nanosPerEvent;
    }

    private void run() {
        try (sink) {
            while (stopping.getCount() > 0) {
                Optional<JournalReader.Chunk> chunk = journal.next(ROWS_MAX, BYTES_MAX, LOOK);
                if (chunk.isPresent() && carry(chunk.get().deliveries())) {
                    journal.done(chunk.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JournalException e) {
            failing = true;
            LOG.error("the journal is not replayed any more: {}", e.sentence());
        }
    }

    /// Until all have been taken or refused; false when the end came first.
    private boolean carry(List<Delivery> deliveries) throws InterruptedException {
        List<Delivery> open = deliveries;
        while (true) {
            int tried = open.size();
            long start = nanos.getAsLong();
            open = attempt(open);
            failing = !open.isEmpty();
            if (open.isEmpty()) {
                if (tried > 0) {
                    nanosPerEvent = (nanos.getAsLong() - start) / (double) tried;
                }
                return true;
            }
            if (stopping.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
    }

    private List<Delivery> attempt(List<Delivery> deliveries) {
        List<Outcome> outcomes;
        try {
            outcomes = sink.write(deliveries).outcomes();
        } catch (RuntimeException e) {
            LOG.error("the sink's writer broke in the replay", e);
            return deliveries;
        }
        List<Delivery> open = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (JournaledWriter.isOpen(outcome)) {
                open.add(deliveries.get(i));
            } else if (outcome instanceof Outcome.Rejected(var rejection)) {
                refused.incrementAndGet();
                LOG.error(
                        "event {} from the journal: {}",
                        deliveries.get(i).event().id(),
                        rejection.reason());
            } else {
                replayed.incrementAndGet();
            }
        }
        return open;
    }

    /// Ends after the batch that is under way.
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!thread.join(END)) {
                thread.interrupt();
                thread.join(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
