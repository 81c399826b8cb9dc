package io.floodmark.store.postgres.observe;

import static io.floodmark.store.postgres.TestStores.LONG;
import static io.floodmark.store.postgres.TestStores.append;
import static io.floodmark.store.postgres.TestStores.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.observe.AnsweredBy;
import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.observe.OngoingCommit;
import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.Outcome;
import io.floodmark.store.observe.StoreListener;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.TestStores;
import io.floodmark.store.postgres.logs.RecordedLogs;
import io.floodmark.store.postgres.schema.AppendSettings;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.postgres.snapshot.PostgresSnapshots;
import io.floodmark.store.postgres.subscription.PostgresSubscriptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/// What listeners are told, and what becomes of them that fail.
final class ListenerTest {
    private static final Query ALL = Query.all();

    private static PostgresEventStore open(StoreSettings settings, StoreListener listener) {
        var _ = new StoreSchema(settings.names()).init(TestStores.shared(), settings.storage());
        return PostgresEventStore.open(TestStores.shared(), List.of(), settings, listener);
    }

    @Nested
    class Without_a_listener {
        @Test
        void no_clock_is_read_and_calls_are_made_as_they_are() {
            Calls calls =
                    Calls.toldTo(
                            StoreListener.none(),
                            () -> {
                                throw new AssertionError("the clock was read");
                            });
            var footprint = new AtomicReference<Footprint>();

            String result =
                    calls.make(
                            Operation.READ,
                            () -> {
                                footprint.set(Footprint.current());
                                return "result";
                            },
                            (_, _) -> {
                                throw new AssertionError("somebody was told");
                            });

            assertThat(calls).isSameAs(Calls.none());
            assertThat(calls.isSilent()).isTrue();
            assertThat(result).isEqualTo("result");
            assertThat(footprint.get()).isSameAs(NoFootprint.NONE);
        }

        @Test
        void nothing_stands_between_the_store_and_its_parts() {
            try (var store = open(TestStores.freshNames(), StoreListener.none())) {
                assertThat(store.snapshots()).isInstanceOf(PostgresSnapshots.class);
                assertThat(store.subscriptions()).isInstanceOf(PostgresSubscriptions.class);
            }
        }

        @Test
        void work_on_other_threads_is_not_wrapped() {
            Runnable work = () -> {};

            assertThat(Footprint.current().carried(work)).isSameAs(work);
        }
    }

    @Nested
    class A_listener {
        private final StoreSettings settings = TestStores.freshNames();
        private final Told told = new Told();

        @Test
        void is_told_of_each_operation_once_with_what_came_of_it() {
            try (var store = open(settings, told)) {
                var _ = append(store, event("a"), event("b"));
                var _ = store.read(ALL.everything(), LONG).toList(10);

                assertThat(told.ended())
                        .extracting(Told.Ended::operation)
                        .containsExactly(Operation.APPEND, Operation.READ);
                OperationEnd append = told.ended().getFirst().end();
                assertThat(append.outcome())
                        .isEqualTo(new Outcome.Appended(Position.of(1), Position.of(2)));
                assertThat(append.events()).isEqualTo(2);
                assertThat(append.bytes()).isEqualTo(8);
                assertThat(append.server()).isEqualTo(AnsweredBy.PRIMARY);
                assertThat(append.sqlTime()).isPositive();
                OperationEnd read = told.ended().getLast().end();
                assertThat(read.outcome()).isEqualTo(new Outcome.Done());
                assertThat(read.events()).isEqualTo(2);
                assertThat(read.sqlTime()).isPositive();
            }
        }

        @Test
        void is_told_of_repetitions_also_when_they_lie_before_the_writers_tail() {
            List<Event> events = List.of(event("a"), event("b"));
            AppendSettings defaults = settings.append();
            var shortTail =
                    new AppendSettings(
                            1,
                            defaults.tailBytesMax(),
                            defaults.queueRequestsMax(),
                            defaults.batchEventsMax(),
                            defaults.resolveTimeout(),
                            defaults.segmentsAhead());
            try (var store = open(settings.with(shortTail), told)) {
                var _ = append(store, events);
                var _ = append(store, event("c"), event("d"));
                AppendResult again = store.append(events, AppendCondition.none(), LONG);

                assertThat(again)
                        .isEqualTo(new AppendResult.Appended(Position.of(1), Position.of(2)));
                assertThat(told.last().outcome())
                        .isEqualTo(new Outcome.Repeated(Position.of(1), Position.of(2)));
                assertThat(told.last().events()).isZero();
            }
        }

        @Test
        void is_told_of_commits_that_another_process_made_to_be_tried_again() {
            try (var store = open(settings, told);
                    var other = open(settings, StoreListener.none())) {
                var _ = append(store, event("a"));
                var _ = append(other, event("b"));
                var _ = append(store, event("c"));
            }

            assertThat(told.commits()).hasSize(2);
            CommitEnd calm = told.commits().getFirst();
            assertThat(calm.tries()).isOne();
            assertThat(calm.mode()).isEqualTo(CommitEnd.Mode.OPTIMISTIC);
            CommitEnd disturbed = told.commits().getLast();
            assertThat(disturbed.tries()).isEqualTo(2);
            assertThat(disturbed.mode()).isEqualTo(CommitEnd.Mode.LOCKED);
            assertThat(disturbed.requests()).isOne();
            assertThat(disturbed.stored()).isOne();
            assertThat(disturbed.events()).isOne();
            assertThat(disturbed.sqlTime()).isPositive();
        }

        @Test
        void is_told_whether_a_replica_answered() {
            try (var primary = LocalPostgres.start();
                    var replica = LocalReplica.start(primary, "reader");
                    HikariDataSource primaryPool = TestStores.pool(primary.address());
                    HikariDataSource replicaPool = TestStores.pool(replica.address())) {
                var _ = new StoreSchema(settings.names()).init(primaryPool, settings.storage());
                try (var store =
                        PostgresEventStore.open(
                                primaryPool, List.of(replicaPool), settings, told)) {
                    var _ = append(store, event("a"));
                    assertThat(replica.awaitCaughtUp(LONG)).isTrue();

                    var _ = store.read(ALL.everything().eventual(), LONG);
                    assertThat(told.last().server()).isEqualTo(AnsweredBy.REPLICA);
                    assertThat(told.last().sqlTime()).isPositive();

                    replica.faults().killNine();
                    RecordedLogs.clear();
                    var _ = store.read(ALL.everything().eventual(), LONG);
                    assertThat(told.last().server()).isEqualTo(AnsweredBy.PRIMARY);
                    assertThat(RecordedLogs.all())
                            .extracting(RecordedLogs.Entry::message)
                            .anyMatch(line -> line.contains("the primary is asked: read events"));
                }
            }
        }
    }

    @Nested
    class A_listener_that_fails {
        @Test
        void harms_no_call_and_is_logged_as_a_warning_once() {
            RecordedLogs.clear();
            try (var store = open(TestStores.freshNames(), new Failing())) {
                var _ = append(store, event("a"));

                assertThat(store.read(ALL.everything(), LONG).toList(10)).hasSize(1);
                assertThatThrownBy(() -> store.read(ALL.everything(), Duration.ZERO))
                        .isInstanceOf(io.floodmark.store.DeadlineExceeded.class);
            }

            assertThat(RecordedLogs.all())
                    .filteredOn(line -> line.level() == Level.WARN)
                    .singleElement()
                    .satisfies(line -> assertThat(line.message()).contains("listener failed"));
        }

        /// Fails in whatever it is told.
        private static final class Failing implements StoreListener {
            @Override
            public OngoingOperation begun(Operation operation) {
                return new OngoingOperation() {
                    @Override
                    public void within(Runnable part) {
                        throw new IllegalStateException("within");
                    }

                    @Override
                    public void ended(OperationEnd end) {
                        throw new IllegalStateException("ended");
                    }
                };
            }

            @Override
            public OngoingCommit commitBegun() {
                throw new IllegalStateException("commitBegun");
            }

            @Override
            public void opened(io.floodmark.store.observe.StoreGauges gauges) {
                throw new IllegalStateException("opened");
            }

            @Override
            public void closed(io.floodmark.store.observe.StoreGauges gauges) {
                throw new IllegalStateException("closed");
            }
        }
    }

    @Nested
    class The_log {
        private static final String SECRET = "secret-4711";

        private final StoreSettings settings = TestStores.freshNames();

        private static Event secret() {
            return Event.of("a", Json.of("{\"name\":\"" + SECRET + "\"}"));
        }

        @Test
        void says_that_another_process_appends_and_what_became_of_a_lost_session()
                throws SQLException {
            RecordedLogs.clear();
            try (var store = open(settings, StoreListener.none());
                    var other = open(settings, StoreListener.none())) {
                var _ = append(store, secret());
                var _ = append(other, secret());
                var _ = append(store, secret());
                assertLogged("another process appends too");

                TestStores.execute(
                        TestStores.shared(),
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                                + " WHERE application_name = 'floodmark-append'");
                assertThat(append(store, secret())).isEqualTo(Position.of(4));
                assertLogged("was not stored at once: LOST, SQLSTATE");
            }

            assertThat(RecordedLogs.all())
                    .allMatch(line -> !line.toString().contains(SECRET))
                    .allMatch(line -> !line.toString().contains(password()));
        }

        private static String password() {
            return TestStores.server().address().password();
        }

        private static void assertLogged(String part) {
            assertThat(RecordedLogs.all())
                    .anyMatch(line -> line.level() == Level.DEBUG && line.message().contains(part));
        }
    }
}
