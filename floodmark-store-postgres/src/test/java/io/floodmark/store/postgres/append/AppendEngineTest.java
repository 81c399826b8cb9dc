package io.floodmark.store.postgres.append;

import static io.floodmark.store.postgres.append.Draft.ALWAYS;
import static io.floodmark.store.postgres.append.Draft.TIMEOUT;
import static io.floodmark.store.postgres.append.Draft.at;
import static io.floodmark.store.postgres.append.Draft.book;
import static io.floodmark.store.postgres.append.Draft.event;
import static io.floodmark.store.postgres.append.Draft.events;
import static io.floodmark.store.postgres.append.Draft.unlessLent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class AppendEngineTest {
    private final StoreSettings settings = Servers.freshStore(StorageSettings.defaults());

    private OpenStore open() throws SQLException {
        return OpenStore.open(settings);
    }

    /// With a tail that holds nothing but the newest event.
    private OpenStore openForgetful(StoreSettings store) throws SQLException {
        EngineLimits limits =
                EngineLimits.of(store.append()).with(new EngineLimits.Tail(1, 1 << 20, 0));
        return OpenStore.open(Servers.connections(Servers.shared()), store, limits);
    }

    private static AppendResult append(
            OpenStore store, AppendCondition condition, Event... events) {
        return store.append(List.of(events), condition, TIMEOUT);
    }

    private static List<RecordedEvent> log(OpenStore store) {
        try (var stream = store.read(Query.all().everything(), TIMEOUT)) {
            return stream.toList(10_000);
        }
    }

    @Nested
    class Positions {
        @Test
        void are_gapless_and_in_the_order_of_the_appends() throws SQLException {
            try (OpenStore store = open()) {
                assertThat(append(store, ALWAYS, event("a"))).isEqualTo(at(1));
                assertThat(store.append(events(3), ALWAYS, TIMEOUT)).isEqualTo(at(2, 4));
                assertThat(append(store, ALWAYS, event("b"))).isEqualTo(at(5));
                assertThat(store.head()).isEqualTo(Position.of(5));
            }
        }

        @Test
        void are_not_used_up_by_appends_of_nothing() throws SQLException {
            try (OpenStore store = open()) {
                assertThat(store.append(List.of(), ALWAYS, TIMEOUT))
                        .isEqualTo(new AppendResult.NothingToAppend());
                assertThat(store.head()).isEqualTo(Position.START);
            }
        }

        @Test
        void hold_the_events_exactly_as_they_were_given() throws SQLException {
            Event given =
                    Event.draft("T\"yp\\e")
                            .tag("k", "comma,quote\"back\\slash{brace} NULL ü")
                            .tag("NULL", "")
                            .payload(Json.of("{ \"a\" : 1.0,\"a\":\"\\u00fc\" }"))
                            .metadata(Json.of("{\"m\":[1, 2]}"))
                            .build();
            try (OpenStore store = open()) {
                assertThat(append(store, ALWAYS, given)).isEqualTo(at(1));

                assertThat(log(store)).extracting(RecordedEvent::event).containsExactly(given);
            }
        }
    }

    @Nested
    class A_condition {
        @Test
        void holds_when_a_matching_event_is_not_after_the_position() throws SQLException {
            try (OpenStore store = open()) {
                append(store, ALWAYS, event("a"), event("b"));

                assertThat(append(store, unlessLent("a", 1), event("a"))).isEqualTo(at(3));
                assertThat(append(store, unlessLent("b", 2), event("b"))).isEqualTo(at(4));
                assertThat(append(store, unlessLent("c", 0), event("c"))).isEqualTo(at(5));
            }
        }

        @Test
        void is_broken_by_the_first_matching_event_after_the_position() throws SQLException {
            try (OpenStore store = open()) {
                append(store, ALWAYS, event("a"), event("b"), event("a"), event("a"));
                RecordedEvent third = log(store).get(2);

                assertThat(append(store, unlessLent("a", 1), event("a")))
                        .isEqualTo(new AppendResult.Conflict(third));
                assertThat(store.head()).isEqualTo(Position.of(4));
            }
        }

        @Test
        void beyond_the_head_holds_until_something_comes_there() throws SQLException {
            try (OpenStore store = open()) {
                assertThat(append(store, unlessLent("a", 2), event("a"))).isEqualTo(at(1));
                assertThat(append(store, unlessLent("a", 2), event("a"))).isEqualTo(at(2));
                assertThat(append(store, unlessLent("a", 2), event("a"))).isEqualTo(at(3));
                assertThat(append(store, unlessLent("a", 2), event("a")))
                        .isInstanceOf(AppendResult.Conflict.class);
            }
        }

        @Test
        void on_payload_members_is_exact() throws SQLException {
            var lent = new PayloadPredicate.AllOf(Set.of(new PayloadMatch("BookID", "a")));
            Query query = Query.of(new QueryItem(Set.of(), Set.of(), lent));
            try (OpenStore store = open()) {
                append(store, ALWAYS, event("b"), event("a"));

                assertThat(
                                append(
                                        store,
                                        AppendCondition.failIfMatch(query, Position.of(2)),
                                        event("x")))
                        .isEqualTo(at(3));
                assertThat(
                                append(
                                        store,
                                        AppendCondition.failIfMatch(query, Position.of(1)),
                                        event("x")))
                        .isInstanceOf(AppendResult.Conflict.class);
            }
        }

        @Test
        void older_than_the_tail_is_looked_up_in_the_log() throws SQLException {
            try (OpenStore store = openForgetful(settings)) {
                store.append(events(50), ALWAYS, TIMEOUT);
                RecordedEvent eleventh = log(store).get(10);

                assertThat(append(store, unlessLent("b10", 5), event("a")))
                        .isEqualTo(new AppendResult.Conflict(eleventh));
                assertThat(append(store, unlessLent("b10", 11), event("a"))).isEqualTo(at(51));
            }
        }

        @Test
        void sees_what_another_store_appended() throws SQLException {
            try (OpenStore one = open();
                    OpenStore two = open()) {
                assertThat(append(one, unlessLent("a", 0), event("a"))).isEqualTo(at(1));
                assertThat(append(two, unlessLent("a", 0), event("a")))
                        .isInstanceOf(AppendResult.Conflict.class);
                assertThat(append(two, unlessLent("a", 1), event("a"))).isEqualTo(at(2));
                assertThat(append(one, unlessLent("a", 1), event("a")))
                        .isInstanceOf(AppendResult.Conflict.class);
            }
        }
    }

    @Nested
    class A_repeated_append {
        @Test
        void gets_its_first_positions_without_a_look_at_the_condition() throws SQLException {
            List<Event> events = events(3);
            try (OpenStore store = open()) {
                append(store, ALWAYS, event("x"));
                assertThat(store.append(events, unlessLent("b1", 1), TIMEOUT)).isEqualTo(at(2, 4));

                assertThat(store.append(events, unlessLent("b1", 1), TIMEOUT)).isEqualTo(at(2, 4));
                assertThat(store.head()).isEqualTo(Position.of(4));
            }
        }

        @Test
        void is_found_before_the_tail_in_the_newest_segment() throws SQLException {
            List<Event> events = events(3);
            try (OpenStore store = openForgetful(settings)) {
                store.append(events, unlessLent("b1", 0), TIMEOUT);
                append(store, ALWAYS, event("x"), event("y"));

                assertThat(store.append(events, unlessLent("b1", 0), TIMEOUT)).isEqualTo(at(1, 3));
                assertThat(store.append(events, ALWAYS, TIMEOUT)).isEqualTo(at(1, 3));
                assertThat(store.head()).isEqualTo(Position.of(5));
            }
        }

        @Test
        void is_found_in_older_segments_whatever_its_ids_look_like() throws SQLException {
            StoreSettings small =
                    Servers.freshStore(StorageSettings.defaults().withSegmentSize(100));
            List<Event> timed = events(2);
            List<Event> random =
                    List.of(
                            Event.draft("Lent").id(UUID.randomUUID()).build(),
                            Event.draft("Lent").id(UUID.randomUUID()).build());
            try (OpenStore store = openForgetful(small)) {
                store.append(timed, ALWAYS, TIMEOUT);
                store.append(random, ALWAYS, TIMEOUT);
                store.append(events(300), ALWAYS, TIMEOUT);

                assertThat(store.append(timed, ALWAYS, TIMEOUT)).isEqualTo(at(1, 2));
                assertThat(store.append(random, ALWAYS, TIMEOUT)).isEqualTo(at(3, 4));
                assertThat(store.head()).isEqualTo(Position.of(304));
            }
        }

        @Test
        void is_refused_when_its_events_are_stored_otherwise() throws SQLException {
            Event a = event("a");
            Event b = event("b");
            try (OpenStore store = open();
                    OpenStore forgetful = openForgetful(settings)) {
                append(store, ALWAYS, a, b);
                for (OpenStore each : List.of(store, forgetful)) {
                    assertThatThrownBy(() -> append(each, ALWAYS, b, a))
                            .isInstanceOf(DuplicateEventId.class)
                            .hasMessageContaining(b.id().toString());
                    assertThatThrownBy(() -> append(each, ALWAYS, event("c"), a))
                            .isInstanceOf(DuplicateEventId.class)
                            .hasMessageContaining(a.id().toString());
                }
                assertThat(store.head()).isEqualTo(Position.of(2));
            }
        }

        @Test
        void is_stored_once_when_many_callers_send_it_at_the_same_time() throws Exception {
            List<Event> events = events(2);
            try (OpenStore one = open();
                    OpenStore two = open();
                    var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<AppendResult> onOne = () -> one.append(events, ALWAYS, TIMEOUT);
                Callable<AppendResult> onTwo = () -> two.append(events, ALWAYS, TIMEOUT);
                var results = callers.invokeAll(List.of(onOne, onTwo, onOne, onTwo, onOne, onTwo));
                for (var result : results) {
                    assertThat(result.get()).isEqualTo(at(1, 2));
                }
                assertThat(one.head()).isEqualTo(Position.of(2));
            }
        }
    }

    @Nested
    class In_the_callers_transaction {
        private Connection begin() throws SQLException {
            Connection connection = Servers.connections(Servers.shared()).getConnection();
            connection.setAutoCommit(false);
            return connection;
        }

        @Test
        void events_are_stored_by_its_commit() throws SQLException {
            try (OpenStore store = open();
                    Connection connection = begin()) {
                append(store, ALWAYS, event("a"));
                assertThat(store.engine().append(connection, events(2), unlessLent("b1", 0)))
                        .isEqualTo(at(2, 3));
                assertThat(store.head()).isEqualTo(Position.of(1));

                connection.commit();
                assertThat(store.head()).isEqualTo(Position.of(3));
                assertThat(append(store, unlessLent("b1", 1), event("c")))
                        .isInstanceOf(AppendResult.Conflict.class);
                assertThat(append(store, unlessLent("b1", 3), event("c"))).isEqualTo(at(4));
            }
        }

        @Test
        void nothing_remains_of_a_rollback() throws SQLException {
            try (OpenStore store = open();
                    Connection connection = begin()) {
                store.engine().append(connection, events(2), ALWAYS);
                connection.rollback();

                assertThat(append(store, unlessLent("b1", 0), event("b1"))).isEqualTo(at(1));
            }
        }

        @Test
        void a_conflict_leaves_no_gap_when_the_rest_is_committed() throws SQLException {
            try (OpenStore store = open();
                    Connection connection = begin()) {
                append(store, ALWAYS, event("a"));
                assertThat(
                                store.engine()
                                        .append(
                                                connection,
                                                List.of(event("a")),
                                                unlessLent("a", 0)))
                        .isEqualTo(new AppendResult.Conflict(log(store).getFirst()));
                connection.commit();

                assertThat(append(store, ALWAYS, event("b"))).isEqualTo(at(2));
            }
        }

        @Test
        void a_repeat_gets_its_first_positions() throws SQLException {
            Event stored = event("a");
            try (OpenStore store = open();
                    Connection connection = begin()) {
                append(store, ALWAYS, stored);

                assertThat(store.engine().append(connection, List.of(stored), unlessLent("a", 0)))
                        .isEqualTo(at(1));
            }
        }

        @Test
        void auto_commit_is_refused() throws SQLException {
            try (OpenStore store = open();
                    Connection connection = Servers.connections(Servers.shared()).getConnection()) {
                assertThatThrownBy(() -> store.engine().append(connection, events(1), ALWAYS))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("auto-commit");
            }
        }
    }

    @Nested
    class Its_readers {
        @Test
        void find_events_by_tag_and_by_promoted_member() throws SQLException {
            StoreSettings promoted =
                    Servers.freshStore(StorageSettings.defaults().withPromotedKeys("BookID"));
            var lent = new PayloadPredicate.AllOf(Set.of(new PayloadMatch("BookID", "b3")));
            try (OpenStore store = OpenStore.open(promoted)) {
                store.append(events(10), ALWAYS, TIMEOUT);

                for (Query query :
                        List.of(book("b3"), Query.of(new QueryItem(Set.of(), Set.of(), lent)))) {
                    try (var stream = store.read(query.everything(), TIMEOUT)) {
                        assertThat(stream.toList(10))
                                .extracting(RecordedEvent::position)
                                .containsExactly(Position.of(4));
                    }
                }
            }
        }
    }
}
