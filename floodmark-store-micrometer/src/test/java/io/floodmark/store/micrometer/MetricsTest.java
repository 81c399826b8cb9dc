package io.floodmark.store.micrometer;

import static io.floodmark.store.micrometer.ObservedStore.LONG;
import static io.floodmark.store.micrometer.ObservedStore.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.Snapshot;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.postgres.PostgresEventStore;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The metrics of a real store, each outcome provoked.
final class MetricsTest {
    private static final Query ALL = Query.all();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final ObservedStore observed;
    private final PostgresEventStore store;

    MetricsTest() {
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters));
        observed = ObservedStore.open(observations, meters);
        store = observed.store();
    }

    @AfterEach
    void close() {
        observed.close();
    }

    /// How many operations ended so, and that they took time.
    private long timed(String operation, String outcome, String server) {
        Timer timer =
                meters.get("floodmark.store." + operation)
                        .tags("outcome", outcome, "server", server, "store", "library")
                        .timer();
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
        return timer.count();
    }

    private double sqlNanos(String operation, String server) {
        return meters.get("floodmark.store.sql")
                .tags("operation", operation, "server", server, "store", "library")
                .timer()
                .totalTime(TimeUnit.NANOSECONDS);
    }

    private DistributionSummary summary(String name, String... tags) {
        return meters.get("floodmark.store." + name).tags(tags).summary();
    }

    @Nested
    class Appends {
        @Test
        void an_append_is_timed_with_its_events_its_bytes_and_its_time_in_sql() {
            observed.append(2);
            observed.append(5);

            assertThat(timed("append", "appended", "primary")).isEqualTo(2);
            assertThat(sqlNanos("append", "primary")).isPositive();
            assertThat(summary("events", "operation", "append").max()).isEqualTo(5);
            assertThat(summary("events", "operation", "append").totalAmount()).isEqualTo(7);
            assertThat(summary("bytes", "operation", "append").totalAmount())
                    .isEqualTo(7 * "{\"n\":1}{}".length());
        }

        @Test
        void a_conflict_a_repetition_and_an_empty_append_are_told_apart() {
            List<Event> events = events(1);
            var stored = store.append(events, AppendCondition.none(), LONG);
            var again = store.append(events, AppendCondition.none(), LONG);
            var conflict =
                    store.append(events(1), AppendCondition.failIfMatch(ALL, Position.START), LONG);
            var nothing = store.append(List.of(), AppendCondition.none(), LONG);

            assertThat(again).isEqualTo(stored);
            assertThat(conflict).isInstanceOf(AppendResult.Conflict.class);
            assertThat(nothing).isInstanceOf(AppendResult.NothingToAppend.class);
            assertThat(timed("append", "appended", "primary")).isOne();
            assertThat(timed("append", "repeated", "primary")).isOne();
            assertThat(timed("append", "conflict", "primary")).isOne();
            assertThat(timed("append", "nothing", "nobody")).isOne();
            assertThat(summary("events", "operation", "append").count()).isOne();
        }

        @Test
        void an_id_that_is_taken_is_counted_with_the_exception_as_its_error() {
            List<Event> events = events(2);
            observed.append(1);
            var _ = store.append(events, AppendCondition.none(), LONG);

            assertThatThrownBy(() -> store.append(events.reversed(), AppendCondition.none(), LONG))
                    .isInstanceOf(DuplicateEventId.class);
            assertThat(timed("append", "duplicate_id", "nobody")).isOne();
            assertThat(
                            meters.get("floodmark.store.append")
                                    .tags("error", "DuplicateEventId")
                                    .timer()
                                    .count())
                    .isOne();
        }

        @Test
        void an_append_in_a_transaction_of_the_callers_is_an_operation_of_its_own()
                throws SQLException {
            try (Connection connection = observed.connections().getConnection()) {
                connection.setAutoCommit(false);
                var _ = store.append(connection, events(3), AppendCondition.none());
                connection.commit();
                connection.setAutoCommit(true);

                assertThatThrownBy(
                                () -> store.append(connection, events(1), AppendCondition.none()))
                        .isInstanceOf(IllegalArgumentException.class);
            }

            assertThat(timed("append.in.transaction", "appended", "primary")).isOne();
            assertThat(timed("append.in.transaction", "misused", "nobody")).isOne();
            assertThat(summary("events", "operation", "append.in.transaction").max()).isEqualTo(3);
            assertThat(sqlNanos("append.in.transaction", "primary")).isPositive();
        }

        @Test
        void each_group_commit_is_timed_with_its_size_and_its_tries() {
            observed.append(2);
            observed.append(1);
            var _ = store.append(events(1), AppendCondition.failIfMatch(ALL, Position.START), LONG);
            // The writer tells of a commit after its callers have their answers.
            await(() -> summary("commit.requests").count() == 3);

            assertThat(commits("stored")).isEqualTo(2);
            assertThat(commits("nothing")).isOne();
            assertThat(summary("commit.requests").totalAmount()).isEqualTo(3);
            assertThat(summary("commit.events").max()).isEqualTo(2);
            assertThat(summary("commit.events").totalAmount()).isEqualTo(3);
            assertThat(summary("commit.tries").max()).isOne();
            assertThat(
                            meters.get("floodmark.store.commit.sql")
                                    .timer()
                                    .totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
        }

        private long commits(String outcome) {
            return meters.get("floodmark.store.commit")
                    .tags("outcome", outcome, "mode", "optimistic", "store", "library")
                    .timer()
                    .count();
        }
    }

    @Nested
    class Waiting {
        private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

        @AfterEach
        void end() {
            callers.close();
        }

        private Future<AppendResult> append(Duration timeout) {
            Callable<AppendResult> append =
                    () -> store.append(events(1), AppendCondition.none(), timeout);
            return callers.submit(append);
        }

        private double waiting() {
            return meters.get("floodmark.store.appends.waiting").gauge().value();
        }

        private boolean committing() {
            LongTaskTimer active = meters.find("floodmark.store.commit.active").longTaskTimer();
            return active != null && active.activeTasks() > 0;
        }

        @Test
        void overload_cancellation_and_timeout_are_told_apart_and_the_queue_is_gauged()
                throws Exception {
            observed.append(1);
            // Or its commit would be taken for the one that is to be held up.
            await(() -> summary("commit.requests").count() == 1);
            try (Connection lock = observed.connections().getConnection();
                    Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute("SELECT 1 FROM " + observed.headTable() + " FOR UPDATE");
                Future<AppendResult> claimed = append(LONG);
                await(() -> waiting() == 0 && committing());
                Future<AppendResult> queued = append(LONG);
                await(() -> waiting() == 1);

                assertThatThrownBy(() -> store.append(events(1), AppendCondition.none(), LONG))
                        .isInstanceOf(StoreOverloaded.class);
                queued.cancel(true);
                await(() -> waiting() == 0);
                assertThatThrownBy(() ->
                                store.append(
                                        events(1), AppendCondition.none(), Duration.ofMillis(20)))
                        .isInstanceOf(DeadlineExceeded.class);
                lock.rollback();
                lock.setAutoCommit(true);
                assertThat(claimed.get()).isInstanceOf(AppendResult.Appended.class);
            }
            callers.close();

            assertThat(timed("append", "overloaded", "nobody")).isOne();
            assertThat(timed("append", "cancelled", "nobody")).isOne();
            assertThat(timed("append", "timed_out", "nobody")).isOne();
            assertThat(timed("append", "appended", "primary")).isEqualTo(2);
            assertThat(sqlNanos("append", "nobody")).isZero();
        }

        @Test
        void a_read_that_waits_in_sql_counts_that_time_when_it_times_out() throws SQLException {
            observed.append(1);
            try (Connection lock = observed.connections().getConnection();
                    Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute(
                        "LOCK TABLE " + observed.headTable() + " IN ACCESS EXCLUSIVE MODE");

                assertThatThrownBy(() -> store.read(ALL.everything(), Duration.ofMillis(300)))
                        .isInstanceOf(DeadlineExceeded.class);
                lock.rollback();
                lock.setAutoCommit(true);
            }

            assertThat(timed("read", "timed_out", "nobody")).isOne();
            assertThat(sqlNanos("read", "nobody")).isPositive();
        }

        @Test
        void an_interrupted_read_is_cancelled() {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> store.read(ALL.everything(), LONG))
                    .isInstanceOf(OperationCancelled.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(timed("read", "cancelled", "nobody")).isOne();
        }
    }

    @Nested
    class Reads {
        @Test
        void a_read_and_each_further_page_are_timed_with_their_events() {
            observed.append(2 * ObservedStore.PAGE_EVENTS + 1);

            assertThat(store.read(ALL.everything(), LONG).toList(100)).hasSize(7);
            assertThat(timed("read", "done", "primary")).isOne();
            assertThat(summary("events", "operation", "read").totalAmount()).isEqualTo(3);
            assertThat(summary("events", "operation", "read.page").totalAmount()).isEqualTo(4);
            assertThat(timed("read.page", "done", "primary")).isEqualTo(2);
            assertThat(sqlNanos("read", "primary")).isPositive();
            assertThat(sqlNanos("read.page", "primary")).isPositive();
            assertThat(summary("bytes", "operation", "read").totalAmount()).isPositive();
        }

        @Test
        void the_head_is_an_operation() {
            var _ = store.head(Consistency.strong());

            assertThat(timed("head", "done", "primary")).isOne();
        }

        @Test
        void snapshots_are_told_apart_by_what_came_of_them() {
            var _ = store.snapshots().save(snapshot(5), LONG);
            var _ = store.snapshots().save(snapshot(4), LONG);
            var _ = store.snapshots().load("p", ALL.hash(), Consistency.strong(), LONG);
            var _ = store.snapshots().load("q", ALL.hash(), Consistency.strong(), LONG);
            var _ = store.snapshots().delete("p", ALL.hash(), LONG);
            var _ = store.snapshots().delete("p", ALL.hash(), LONG);

            assertThat(timed("snapshot.save", "done", "primary")).isOne();
            assertThat(timed("snapshot.save", "superseded", "primary")).isOne();
            assertThat(timed("snapshot.load", "done", "primary")).isOne();
            assertThat(timed("snapshot.load", "nothing", "primary")).isOne();
            assertThat(timed("snapshot.delete", "done", "primary")).isOne();
            assertThat(timed("snapshot.delete", "nothing", "primary")).isOne();
        }

        private static Snapshot snapshot(long position) {
            return new Snapshot(
                    "p", ALL.hash(), Position.of(position), Json.of("[]"), Instant.EPOCH);
        }
    }

    @Test
    void a_subscription_is_timed_as_one_operation_with_the_reads_that_it_makes() {
        observed.append(5);
        var subscriptions = store.subscriptions();
        try (Subscription consumer = subscriptions.open(SubscriptionSpec.of("mails", ALL))) {
            var delivery = consumer.next(LONG);
            consumer.acknowledge(delivery);
            var none = consumer.next(Duration.ZERO);

            assertThat(delivery.events()).hasSize(5);
            assertThat(none.isEmpty()).isTrue();
        }
        var _ = subscriptions.checkpoint("mails");
        var _ = subscriptions.checkpoint("none");
        subscriptions.delete("mails");

        assertThat(timed("subscription.open", "done", "primary")).isOne();
        assertThat(timed("subscription.next", "done", "primary")).isOne();
        assertThat(timed("subscription.next", "nothing", "primary")).isOne();
        assertThat(timed("subscription.acknowledge", "done", "primary")).isOne();
        assertThat(timed("subscription.checkpoint", "done", "primary")).isOne();
        assertThat(timed("subscription.checkpoint", "nothing", "primary")).isOne();
        assertThat(timed("subscription.delete", "done", "primary")).isOne();
        assertThat(summary("events", "operation", "subscription.next").totalAmount()).isEqualTo(5);
        assertThat(sqlNanos("subscription.next", "primary")).isPositive();
        assertThat(meters.find("floodmark.store.read").timers()).isEmpty();
        assertThat(meters.find("floodmark.store.read.page").timers()).isEmpty();
    }

    @Test
    void gauges_go_with_the_store() {
        assertThat(meters.get("floodmark.store.connections.awaited").gauge().value()).isZero();

        store.close();

        assertThat(meters.find("floodmark.store.connections.awaited").gauges()).isEmpty();
        assertThat(meters.find("floodmark.store.appends.waiting").gauges()).isEmpty();
    }

    @Test
    void a_store_needs_a_name() {
        assertThatThrownBy(() -> MicrometerStoreListener.of(" ", observations, meters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("library");
    }

    private static void await(BooleanSupplier condition) {
        long from = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - from).isLessThan(LONG.toNanos());
            Thread.onSpinWait();
        }
    }
}
