package io.floodmark.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.Snapshots;
import io.floodmark.store.Subscriptions;
import io.floodmark.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The store in memory passes the suite; one that does not look at conditions does not.
final class DcbSuiteTest {

    @Test
    void append_conditions_hold_with_twenty_callers() throws Exception {
        try (EventStore store = new InMemoryEventStore();
                DcbSuite suite = new DcbSuite(store)) {
            DcbSuite.Consistency result = suite.consistency(1);

            assertThat(result.violations()).isEmpty();
            assertThat(result.verified()).isGreaterThan(50);
            assertThat(result.accepted()).isPositive();
            assertThat(result.rejected()).as("appends that met").isPositive();
        }
    }

    @Test
    void positions_only_grow_for_a_reader() throws Exception {
        try (EventStore store = new InMemoryEventStore();
                DcbSuite suite = new DcbSuite(store)) {
            DcbSuite.Monotony result = suite.monotony(2);

            assertThat(result.violations()).isEmpty();
            assertThat(result.reads()).isGreaterThan(5);
        }
    }

    @Test
    void unrelated_appends_do_not_fail_each_other() throws Exception {
        try (EventStore store = new InMemoryEventStore();
                DcbSuite suite = new DcbSuite(store)) {
            assertThat(suite.parallelWriteErrors()).isZero();
        }
    }

    @Test
    void a_store_that_ignores_conditions_is_found_out() throws Exception {
        try (EventStore store = new Careless(new InMemoryEventStore());
                DcbSuite suite = new DcbSuite(store)) {
            assertThat(suite.consistency(1).violations()).isNotEmpty();
        }
    }

    /// Appends whatever the condition.
    private record Careless(EventStore store) implements EventStore {

        @Override
        public AppendResult append(
                List<Event> events, AppendCondition condition, Duration timeout) {
            return store.append(events, AppendCondition.none(), timeout);
        }

        @Override
        public EventStream read(ReadRequest request, Duration timeout) {
            return store.read(request, timeout);
        }

        @Override
        public Position head(Consistency consistency) {
            return store.head(consistency);
        }

        @Override
        public Snapshots snapshots() {
            return store.snapshots();
        }

        @Override
        public Subscriptions subscriptions() {
            return store.subscriptions();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
