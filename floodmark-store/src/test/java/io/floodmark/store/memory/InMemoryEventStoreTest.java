package io.floodmark.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Json;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryHash;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.SaveResult;
import io.floodmark.store.Snapshot;
import io.floodmark.store.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InMemoryEventStoreTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORTLY = Duration.ofMillis(30);
    private static final AppendCondition ALWAYS = AppendCondition.none();
    private static final Query BOOK_1 = Query.matching().tags(Tag.of("Book", "1")).build();

    private final TestClock clock = new TestClock();
    private final InMemoryEventStore store = new InMemoryEventStore(clock);

    @AfterEach
    void close() {
        store.close();
    }

    private static Event about(String book) {
        return Event.draft("Lent").tag("Book", book).build();
    }

    private static AppendResult.Appended appended(long first, long last) {
        return new AppendResult.Appended(Position.of(first), Position.of(last));
    }

    private AppendResult append(AppendCondition condition, Event... events) {
        return store.append(List.of(events), condition, SOON);
    }

    private List<RecordedEvent> all() {
        return all(Consistency.strong());
    }

    private List<RecordedEvent> all(Consistency consistency) {
        return store.read(Query.all().everything().with(consistency), SOON).toList(1_000_000);
    }

    /// Runs the call on an interrupted thread, and says whether the thread was left interrupted.
    private static boolean interrupted(Runnable call) {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(call::run);
        boolean left = Thread.interrupted();
        assertThat(failure)
                .isInstanceOf(OperationCancelled.class)
                .hasMessageContaining("interrupted");
        return left;
    }

    @Nested
    final class Appending {

        @Test
        void gives_positions_from_one_without_gaps() {
            assertThat(append(ALWAYS, about("1"))).isEqualTo(appended(1, 1));
            assertThat(append(ALWAYS, about("1"), about("2"))).isEqualTo(appended(2, 3));
            assertThat(store.head(Consistency.strong())).isEqualTo(Position.of(3));
        }

        @Test
        void stamps_the_time_of_the_clock_in_microseconds() {
            append(ALWAYS, about("1"));

            assertThat(all().getFirst().recordedAt()).isEqualTo("2026-05-01T12:00:00.123456Z");
        }

        @Test
        void of_nothing_does_nothing_whatever_the_condition() {
            append(ALWAYS, about("1"));

            assertThat(append(AppendCondition.failIfMatch(Query.all(), Position.START)))
                    .isEqualTo(new AppendResult.NothingToAppend());
        }

        @Test
        void conflicts_with_the_first_match_after_the_position() {
            append(ALWAYS, about("1"), about("2"), about("1"), about("1"));

            AppendResult result =
                    append(AppendCondition.failIfMatch(BOOK_1, Position.of(1)), about("1"));

            assertThat(result).isEqualTo(new AppendResult.Conflict(all().get(2)));
            assertThat(all()).hasSize(4);
        }

        @Test
        void succeeds_when_nothing_came_after_the_position() {
            append(ALWAYS, about("1"), about("2"));

            assertThat(append(AppendCondition.failIfMatch(BOOK_1, Position.of(1)), about("1")))
                    .isEqualTo(appended(3, 3));
        }

        @Test
        void takes_a_position_beyond_the_last_match_and_beyond_the_head() {
            append(ALWAYS, about("1"), about("2"));

            assertThat(append(AppendCondition.failIfMatch(BOOK_1, Position.of(2)), about("1")))
                    .isEqualTo(appended(3, 3));
            assertThat(append(AppendCondition.failIfMatch(BOOK_1, Position.of(99)), about("1")))
                    .isEqualTo(appended(4, 4));
        }

        @Test
        void on_all_events_conflicts_after_any_other_append() {
            append(ALWAYS, about("7"));

            assertThat(append(AppendCondition.failIfMatch(Query.all(), Position.START), about("1")))
                    .isInstanceOf(AppendResult.Conflict.class);
        }
    }

    @Nested
    final class Repeating {

        private final Event one = about("1");
        private final Event two = about("2");
        private final Event three = about("3");

        @Test
        void an_append_gives_the_first_positions_without_another_look_at_the_condition() {
            AppendCondition unseen = AppendCondition.failIfMatch(Query.all(), Position.START);
            append(unseen, one, two);
            append(ALWAYS, three);

            assertThat(append(unseen, one, two)).isEqualTo(appended(1, 2));
            assertThat(append(unseen, two)).isEqualTo(appended(2, 2));
            assertThat(all()).hasSize(3);
        }

        @Test
        void a_part_of_an_append_is_refused_and_names_the_first_known_id() {
            append(ALWAYS, one, two);

            assertThatExceptionOfType(DuplicateEventId.class)
                    .isThrownBy(() -> append(ALWAYS, three, two))
                    .satisfies(failure -> assertThat(failure.id()).isEqualTo(two.id()))
                    .withMessageContaining("position 2");
            assertThatExceptionOfType(DuplicateEventId.class)
                    .isThrownBy(() -> append(ALWAYS, two, three));
            assertThat(all()).hasSize(2);
        }

        @Test
        void in_another_order_or_with_others_between_is_refused() {
            append(ALWAYS, one, two, three);

            assertThatExceptionOfType(DuplicateEventId.class)
                    .isThrownBy(() -> append(ALWAYS, two, one));
            assertThatExceptionOfType(DuplicateEventId.class)
                    .isThrownBy(() -> append(ALWAYS, one, three))
                    .satisfies(failure -> assertThat(failure.id()).isEqualTo(one.id()));
        }
    }

    @Nested
    final class Reading {

        @Test
        void delivers_matches_in_order_and_knows_the_head() {
            append(ALWAYS, about("1"), about("2"), about("1"), about("3"));

            try (EventStream stream = store.read(BOOK_1.everything(), SOON)) {
                assertThat(stream.readUpTo()).isEqualTo(Position.of(4));
                assertThat(stream.toList(2))
                        .extracting(RecordedEvent::position)
                        .containsExactly(Position.of(1), Position.of(3));
            }
        }

        @Test
        void knows_the_head_when_nothing_matches() {
            append(ALWAYS, about("2"));

            assertThat(store.read(BOOK_1.everything(), SOON).readUpTo()).isEqualTo(Position.of(1));
            assertThat(store.read(BOOK_1.after(Position.of(9)), SOON).toList(0)).isEmpty();
        }

        @Test
        void does_not_see_what_comes_later() {
            append(ALWAYS, about("1"));
            EventStream stream = store.read(BOOK_1.everything(), SOON);

            append(ALWAYS, about("1"));

            assertThat(stream.toList(10)).hasSize(1);
        }

        @Test
        void a_list_with_a_limit_is_never_cut_silently() {
            append(ALWAYS, about("1"), about("1"));

            assertThatIllegalStateException()
                    .isThrownBy(() -> store.read(BOOK_1.everything(), SOON).toList(1))
                    .withMessageContaining("more than 1 events");
        }

        @Test
        void ends_when_the_stream_is_closed() {
            append(ALWAYS, about("1"));
            EventStream stream = store.read(BOOK_1.everything(), SOON);

            stream.close();

            assertThat(stream.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(stream::next);
        }

        @Test
        void at_least_a_position_waits_for_it() throws Exception {
            var read = Waiter.waitingIn(() -> all(Consistency.atLeast(Position.of(2))));
            var head = Waiter.waitingIn(() -> store.head(Consistency.atLeast(Position.of(2))));

            append(ALWAYS, about("1"));
            append(ALWAYS, about("1"));

            assertThat(read.result()).hasSize(2);
            assertThat(head.result()).isEqualTo(Position.of(2));
        }

        @Test
        void at_least_a_position_gives_up_at_the_timeout() {
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(
                            () -> store.read(BOOK_1.everything().atLeast(Position.of(1)), SHORTLY))
                    .withMessageContaining("PT0.03S");
        }
    }

    @Nested
    final class Ending {

        @Test
        void a_timeout_that_is_over_stores_nothing() {
            Event event = about("1");

            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> store.append(List.of(event), ALWAYS, Duration.ZERO));
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> store.read(BOOK_1.everything(), Duration.ZERO));
            assertThat(all()).isEmpty();
        }

        @Test
        void an_interrupted_thread_stores_nothing_and_stays_interrupted() {
            assertThat(interrupted(() -> append(ALWAYS, about("1")))).isTrue();
            assertThat(interrupted(() -> store.read(BOOK_1.everything(), SOON))).isTrue();
            assertThat(interrupted(() -> store.head(Consistency.strong()))).isTrue();
            assertThat(all()).isEmpty();
        }

        @Test
        void an_interrupt_ends_a_wait() {
            var read = Waiter.waitingIn(() -> all(Consistency.atLeast(Position.of(1))));

            read.interrupt();

            assertThat(read.failure())
                    .isInstanceOf(OperationCancelled.class)
                    .hasMessageContaining("interrupted");
        }

        @Test
        void a_closed_store_refuses_every_call() {
            store.close();
            store.close();

            assertThatIllegalStateException().isThrownBy(() -> append(ALWAYS, about("1")));
            assertThatIllegalStateException().isThrownBy(InMemoryEventStoreTest.this::all);
            assertThatIllegalStateException().isThrownBy(() -> store.head(Consistency.strong()));
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.subscriptions().checkpoint("mail"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.snapshots().delete("Books", BOOK_1.hash(), SOON));
        }

        @Test
        void closing_ends_a_wait() {
            var read = Waiter.waitingIn(() -> all(Consistency.atLeast(Position.of(1))));

            store.close();

            assertThat(read.failure())
                    .isInstanceOf(OperationCancelled.class)
                    .hasMessageContaining("closed");
        }
    }

    @Nested
    final class Racing {

        private static final int WORKERS = 10;
        private static final int ROUNDS = 100;

        private final AtomicInteger accepted = new AtomicInteger();

        /// Reads the boundary, and appends one or two events if nothing came.
        private Position decide(int events) {
            Position seen = store.read(BOOK_1.everything(), SOON).readUpTo();
            var batch = new ArrayList<Event>();
            for (int i = 0; i < events; i++) {
                batch.add(about("1"));
            }
            return switch (store.append(batch, AppendCondition.failIfMatch(BOOK_1, seen), SOON)) {
                case AppendResult.Appended(var first, var _) -> {
                    assertThat(first).isEqualTo(seen.next());
                    accepted.addAndGet(events);
                    yield seen;
                }
                case AppendResult.Conflict _, AppendResult.NothingToAppend _ -> Position.START;
            };
        }

        @Test
        void lets_one_of_those_win_that_saw_the_same() throws Exception {
            var wins = new ArrayList<Position>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var workers = new ArrayList<Future<List<Position>>>();
                append(ALWAYS, about("1"));
                for (int worker = 0; worker < WORKERS; worker++) {
                    int events = 1 + worker % 2;
                    workers.add(threads.submit(() -> rounds(events)));
                }
                for (Future<List<Position>> worker : workers) {
                    wins.addAll(worker.get(30, TimeUnit.SECONDS));
                }
            }

            assertThat(wins).isNotEmpty().doesNotHaveDuplicates();
            assertThat(all()).hasSize(1 + accepted.get());
        }

        private List<Position> rounds(int events) {
            var wins = new ArrayList<Position>();
            for (int round = 0; round < ROUNDS; round++) {
                Position seen = decide(events);
                if (!seen.equals(Position.START)) {
                    wins.add(seen);
                }
            }
            return wins;
        }
    }

    @Nested
    final class Snapshotting {

        private final QueryHash hash = BOOK_1.hash();

        private Snapshot snapshot(long position, String data) {
            return new Snapshot("Books", hash, Position.of(position), Json.of(data), Instant.EPOCH);
        }

        private SaveResult save(Snapshot snapshot) {
            return store.snapshots().save(snapshot, SOON);
        }

        @Test
        void keeps_the_one_of_the_highest_position() {
            Snapshot seventh = snapshot(7, "[7]");

            assertThat(save(snapshot(5, "[5]"))).isEqualTo(new SaveResult.Saved());
            assertThat(save(seventh)).isEqualTo(new SaveResult.Saved());
            assertThat(save(snapshot(6, "[6]")))
                    .isEqualTo(new SaveResult.Superseded(Position.of(7)));
            assertThat(store.snapshots().load("Books", hash, Consistency.strong(), SOON))
                    .contains(seventh);
        }

        @Test
        void replaces_the_data_of_an_equal_position() {
            Snapshot again = snapshot(5, "\"again\"");
            save(snapshot(5, "[5]"));

            assertThat(save(again)).isEqualTo(new SaveResult.Saved());
            assertThat(store.snapshots().load("Books", hash, Consistency.eventual(), SOON))
                    .contains(again);
        }

        @Test
        void keeps_queries_and_projections_apart() {
            save(snapshot(5, "[5]"));

            assertThat(store.snapshots().load("Readers", hash, Consistency.strong(), SOON))
                    .isEmpty();
            assertThat(
                            store.snapshots()
                                    .load("Books", Query.all().hash(), Consistency.strong(), SOON))
                    .isEmpty();
        }

        @Test
        void deletes_once() {
            save(snapshot(5, "[5]"));

            assertThat(store.snapshots().delete("Books", hash, SOON)).isTrue();
            assertThat(store.snapshots().delete("Books", hash, SOON)).isFalse();
            assertThat(store.snapshots().load("Books", hash, Consistency.strong(), SOON)).isEmpty();
        }

        @Test
        void ends_as_other_calls_do() {
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() ->
                            store.snapshots()
                                    .load(
                                            "Books",
                                            hash,
                                            Consistency.atLeast(Position.of(1)),
                                            SHORTLY));
            assertThat(interrupted(() -> save(snapshot(5, "[5]")))).isTrue();
        }
    }
}
