package io.floodmark.ingest.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.flow.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournaledSinkTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Outcome QUEUED = new Outcome.Queued(AckLevel.DISK);

    @TempDir private Path folder;

    private final Fickle sink = new Fickle();

    /// A sink that is there or not.
    private static final class Fickle implements Sink {
        final List<String> stored = new CopyOnWriteArrayList<>();
        volatile boolean away;

        /// Lets the replay of this event wait.
        volatile String held = "";

        final CountDownLatch gate = new CountDownLatch(1);

        @Override
        public AckLevel level() {
            return AckLevel.KAFKA;
        }

        @Override
        public Writer open() {
            return new Writer() {
                @Override
                public Written write(List<Delivery> batch) {
                    if (batch.getFirst().event().id().equals(held)) {
                        return held(batch);
                    }
                    if (away) {
                        return written(batch, new Outcome.Unknown("away"), false);
                    }
                    batch.forEach(one -> stored.add(one.event().id()));
                    return written(batch, new Outcome.Stored(), true);
                }

                @Override
                public void close() {}
            };
        }

        /// Its writer is told that nobody knows; the replay, which comes next, waits at the gate.
        private Written held(List<Delivery> batch) {
            if (!Thread.currentThread().getName().equals("ingest-replay")) {
                return written(batch, new Outcome.Unknown("held"), false);
            }
            try {
                assertThat(gate.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            batch.forEach(one -> stored.add(one.event().id()));
            return written(batch, new Outcome.Stored(), true);
        }

        private static Written written(List<Delivery> batch, Outcome outcome, boolean healthy) {
            return new Written(Collections.nCopies(batch.size(), outcome), healthy);
        }
    }

    private Journal journal(long limit) {
        return Journal.open(
                new JournalSettings(folder, limit, (int) Math.min(1 << 20, limit / 4)),
                Clock.systemUTC());
    }

    private JournaledSink start(JournalUse use, long limit) {
        return JournaledSink.start(sink, journal(limit), use, System::nanoTime);
    }

    private static Sink.Written write(Sink.Writer writer, String prefix, int count) {
        return writer.write(
                Events.many(prefix, count).stream().map(one -> new Delivery("", one)).toList());
    }

    private static List<String> names(String prefix, int count) {
        return Events.many(prefix, count).stream().map(one -> one.id()).toList();
    }

    @Test
    void a_sink_that_answers_is_written_directly() {
        try (JournaledSink journaled = start(JournalUse.OUTAGE, 1 << 20);
                Sink.Writer writer = journaled.open()) {
            assertThat(journaled.level()).isEqualTo(AckLevel.KAFKA);
            assertThat(write(writer, "a", 3).outcomes()).containsOnly(new Outcome.Stored());
            assertThat(sink.stored).isEqualTo(names("a", 3));
        }
    }

    @Test
    void what_it_does_not_take_waits_on_the_disk_and_follows_in_order() {
        try (JournaledSink journaled = start(JournalUse.OUTAGE, 1 << 20);
                Sink.Writer writer = journaled.open()) {
            sink.away = true;
            for (String prefix : List.of("a", "b", "c")) {
                Sink.Written written = write(writer, prefix, 3);
                assertThat(written.healthy()).isTrue();
                assertThat(written.outcomes()).containsOnly(QUEUED);
            }
            sink.away = false;
            // Still behind the others, directly or through the journal.
            write(writer, "d", 3);
            awaitEmpty(journaled);

            assertThat(write(writer, "e", 3).outcomes()).containsOnly(new Outcome.Stored());
            List<String> all = new ArrayList<>();
            List.of("a", "b", "c", "d", "e").forEach(prefix -> all.addAll(names(prefix, 3)));
            assertThat(sink.stored).isEqualTo(all);
        }
    }

    private static void awaitEmpty(JournaledSink journaled) {
        long end = System.nanoTime() + LONG.toNanos();
        while (journaled.awaitReplayed(LONG) > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(journaled.awaitReplayed(Duration.ZERO)).isZero();
    }

    @Test
    void a_replay_that_has_nearly_caught_up_is_waited_for() throws Exception {
        // A clock that stands still: at the replay's pace nothing takes any time.
        try (JournaledSink journaled =
                        JournaledSink.start(sink, journal(1 << 20), JournalUse.OUTAGE, () -> 0);
                Sink.Writer writer = journaled.open()) {
            sink.away = true;
            write(writer, "a", 3);
            sink.away = false;
            awaitEmpty(journaled);
            sink.held = names("b", 1).getFirst();
            assertThat(write(writer, "b", 1).outcomes()).containsOnly(QUEUED);

            AtomicReference<Sink.Written> written = new AtomicReference<>();
            Thread late = Thread.ofPlatform().start(() -> written.set(write(writer, "c", 3)));
            awaitParked(late);
            assertThat(written.get()).isNull();
            sink.gate.countDown();
            late.join(LONG);

            assertThat(written.get().outcomes()).containsOnly(new Outcome.Stored());
            assertThat(sink.stored).endsWith("b0", "c0", "c1", "c2");
        }
    }

    private static void awaitParked(Thread thread) {
        long end = System.nanoTime() + LONG.toNanos();
        while (thread.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void what_waits_at_the_end_is_replayed_by_the_next_process() {
        sink.away = true;
        try (JournaledSink journaled = start(JournalUse.OUTAGE, 1 << 20);
                Sink.Writer writer = journaled.open()) {
            write(writer, "a", 100);
        }
        sink.away = false;
        try (JournaledSink journaled = start(JournalUse.OUTAGE, 1 << 20)) {
            awaitEmpty(journaled);
        }
        assertThat(sink.stored).isEqualTo(names("a", 100));
    }

    @Test
    void a_full_journal_takes_nothing_and_the_sink_counts_as_failed() {
        sink.away = true;
        try (JournaledSink journaled = start(JournalUse.OUTAGE, 8_192);
                Sink.Writer writer = journaled.open()) {
            Sink.Written last = write(writer, "a", 10);
            for (int i = 0; last.healthy() && i < 100; i++) {
                last = write(writer, "b" + i, 10);
            }
            assertThat(last.healthy()).isFalse();
            assertThat(last.outcomes())
                    .allSatisfy(outcome ->
                            assertThat(outcome)
                                    .isInstanceOfSatisfying(
                                            Outcome.NotTaken.class,
                                            not -> assertThat(not.reason()).contains("full")));
        }
    }

    @Test
    void with_disk_as_the_level_everything_goes_through_the_journal() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (JournaledSink journaled = start(JournalUse.ALWAYS, 1 << 20);
                Sink.Writer writer = journaled.open()) {
            journaled.bindTo(registry);
            assertThat(journaled.level()).isEqualTo(AckLevel.DISK);
            assertThat(write(writer, "a", 50).outcomes()).containsOnly(QUEUED);
            awaitEmpty(journaled);

            assertThat(sink.stored).isEqualTo(names("a", 50));
            assertThat(registry.get("ingest.journal.replayed").functionCounter().count())
                    .isEqualTo(50);
            assertThat(registry.get("ingest.journal.events").gauge().value()).isZero();
        }
    }
}
