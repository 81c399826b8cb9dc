package io.floodmark.ingest.journal;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Sink;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// A sink with the journal in front of it.
///
/// As long as anything waits in the journal, everything goes into it, so what is sent after an
/// answer never overtakes what that answer acknowledged. Outcomes of events in the journal are
/// `Queued` at level `DISK`. The sink in it belongs to the caller, the journal to this. *Threads:*
/// for all.
public final class JournaledSink implements Sink, AutoCloseable {
    /// A sink that has not answered for so long is left to the replay.
    private static final Duration STALL = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(20);

    /// A replay that at its pace needs no longer than this for what is before it is waited for: a
    /// quarter of the silence that a sink may keep, so that requests feel it less than a stall.
    private static final Duration NEARLY = STALL.dividedBy(4);

    private static final Duration NEARLY_LOOK = Duration.ofMillis(1);

    private final Sink sink;
    private final Journal journal;
    private final JournalUse use;
    private final DirectWrites writes;
    private final Replay replay;
    private final LongSupplier nanos;

    /// How much the replay had done when a wait for it was in vain.
    private volatile OptionalLong waitedInVainAt = OptionalLong.empty();

    private JournaledSink(Sink sink, Journal journal, JournalUse use, LongSupplier nanos) {
        this.sink = sink;
        this.journal = journal;
        this.use = use;
        this.nanos = nanos;
        this.writes = new DirectWrites(nanos, STALL);
        this.replay = Replay.start(journal, sink.open(), nanos);
    }

    /// Puts the journal in front of the sink and begins to replay what is in it.
    ///
    /// @param nanos a monotonic clock
    public static JournaledSink start(
            Sink sink, Journal journal, JournalUse use, LongSupplier nanos) {
        return new JournaledSink(sink, journal, use, nanos);
    }

    @Override
    public AckLevel level() {
        return switch (use) {
            case ALWAYS -> AckLevel.DISK;
            case OUTAGE -> sink.level();
        };
    }

    @Override
    public Writer open() {
        return new JournaledWriter(sink.open(), journal, writes, this::direct);
    }

    private boolean direct() {
        return use == JournalUse.OUTAGE && !writes.stalled() && caughtUp();
    }

    /// A replay that has nearly caught up gets the moment that it needs: writers that went on
    /// filling the journal meanwhile would keep it from ever being empty. One that does not get on
    /// is waited for once.
    private boolean caughtUp() {
        if (journal.isEmpty()) {
            return true;
        }
        OptionalLong replayed = OptionalLong.of(replay.replayed());
        boolean nearly = replay.expectedNanos(journal.pending()) <= NEARLY.toNanos();
        if (replay.failing() || !nearly || waitedInVainAt.equals(replayed)) {
            return false;
        }
        long end = nanos.getAsLong() + NEARLY.toNanos();
        while (!journal.isEmpty()) {
            if (replay.failing()
                    || nanos.getAsLong() > end
                    || Thread.currentThread().isInterrupted()) {
                waitedInVainAt = replayed;
                return false;
            }
            LockSupport.parkNanos(this, NEARLY_LOOK.toNanos());
        }
        return true;
    }

    /// Registers the journal's meters.
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("ingest.journal.bytes", journal, Journal::bytes).register(registry);
        Gauge.builder("ingest.journal.events", journal, Journal::pending).register(registry);
        Gauge.builder("ingest.journal.oldest.seconds", journal, it -> it.oldest().toNanos() / 1e9)
                .register(registry);
        FunctionCounter.builder("ingest.journal.replayed", replay, Replay::replayed)
                .register(registry);
        FunctionCounter.builder("ingest.journal.refused", replay, Replay::refused)
                .register(registry);
        FunctionCounter.builder(
                        "ingest.journal.quarantined.bytes", journal, Journal::quarantinedBytes)
                .register(registry);
    }

    /// Waits until the journal is empty, as long as the sink takes what is in it.
    ///
    /// @param most how long that may take
    /// @return how many events are still in it
    public long awaitReplayed(Duration most) {
        long end = nanos.getAsLong() + most.toNanos();
        while (!journal.isEmpty()
                && !replay.failing()
                && nanos.getAsLong() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, LOOK.toNanos());
        }
        return journal.pending();
    }

    /// Ends the replay and closes the journal; what is in it is replayed by the next one.
    @Override
    public void close() {
        replay.close();
        journal.close();
    }
}
