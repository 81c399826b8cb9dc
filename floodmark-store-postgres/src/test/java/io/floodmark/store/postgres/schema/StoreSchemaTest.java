package io.floodmark.store.postgres.schema;

import static io.floodmark.store.postgres.TestStores.append;
import static io.floodmark.store.postgres.TestStores.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.floodmark.store.Position;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.TestStores;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class StoreSchemaTest {
    private final StoreSettings settings = TestStores.freshNames();
    private final StoreSchema schema = new StoreSchema(settings.names());

    @Nested
    final class Making {
        @Test
        void a_new_store_has_the_current_layout_and_room_for_more_than_one_segment()
                throws SQLException {
            StoreLayout layout = init(settings.storage().withSegmentSize(1_000));

            assertThat(layout.version()).isEqualTo(StoreLayout.VERSION);
            assertThat(layout.segmentSize()).isEqualTo(1_000);
            assertThat(segments()).containsExactly("events_s00000000", "events_s00000001");
        }

        @Test
        void making_a_store_again_keeps_what_it_has() {
            var _ = init(settings.storage().withSegmentSize(1_000));
            try (PostgresEventStore store =
                    PostgresEventStore.open(TestStores.shared(), List.of(), settings)) {
                var _ = append(store, event("kept"));
            }

            StoreLayout layout = init(settings.storage().withSegmentSize(5_000));

            assertThat(layout.segmentSize()).isEqualTo(1_000);
            try (PostgresEventStore store =
                    PostgresEventStore.open(TestStores.shared(), List.of(), settings)) {
                assertThat(store.head(io.floodmark.store.Consistency.strong()))
                        .isEqualTo(Position.of(1));
            }
        }

        @Test
        void several_processes_can_make_the_same_store_at_the_same_time() throws Exception {
            List<StoreLayout> layouts = atOnce(6, () -> init(settings.storage()));

            assertThat(layouts).hasSize(6).containsOnly(layouts.getFirst());
        }

        @Test
        void two_stores_share_a_schema_under_different_prefixes() throws SQLException {
            var other = new StoreNames(settings.names().schema(), "eu_");
            var _ = init(settings.storage());
            var _ = new StoreSchema(other).init(TestStores.shared(), settings.storage());
            try (PostgresEventStore first =
                            PostgresEventStore.open(TestStores.shared(), List.of(), settings);
                    PostgresEventStore second =
                            PostgresEventStore.open(
                                    TestStores.shared(), List.of(), settings.with(other))) {
                var _ = append(first, event("one"), event("two"));
                var _ = append(second, event("one"));

                assertThat(first.head(io.floodmark.store.Consistency.strong()))
                        .isEqualTo(Position.of(2));
                assertThat(second.head(io.floodmark.store.Consistency.strong()))
                        .isEqualTo(Position.of(1));
            }
        }

        private StoreLayout init(StorageSettings storage) {
            return schema.init(TestStores.shared(), storage);
        }
    }

    @Nested
    final class Checking {
        @Test
        void a_missing_store_is_reported_with_what_to_do() {
            assertThatExceptionOfType(StoreNotReady.class)
                    .isThrownBy(
                            () -> PostgresEventStore.open(TestStores.shared(), List.of(), settings))
                    .withMessageContaining(settings.names().schema())
                    .withMessageContaining("StoreSchema.init");
        }

        @Test
        void a_newer_layout_is_refused() throws SQLException {
            var _ = schema.init(TestStores.shared(), settings.storage());
            TestStores.execute(
                    TestStores.shared(), "UPDATE " + settings.names().store() + " SET layout = 99");

            assertThatExceptionOfType(StoreNotReady.class)
                    .isThrownBy(
                            () -> PostgresEventStore.open(TestStores.shared(), List.of(), settings))
                    .withMessageContaining("99")
                    .withMessageContaining("newer version of the library");
        }
    }

    @Nested
    final class PromotingKeys {
        @Test
        void a_key_counts_as_indexed_from_the_head_at_which_it_was_promoted() {
            var _ = schema.init(TestStores.shared(), settings.storage());
            try (PostgresEventStore store =
                    PostgresEventStore.open(TestStores.shared(), List.of(), settings)) {
                var _ = append(store, event("a"), event("b"), event("c"));
            }

            PromotedKeys keys =
                    schema.init(TestStores.shared(), settings.storage().withPromotedKeys("BookID"))
                            .promoted();
            PromotedKeys again =
                    schema.init(
                                    TestStores.shared(),
                                    settings.storage().withPromotedKeys("BookID", "ReaderID"))
                            .promoted();

            assertThat(keys.indexedAfter("BookID")).contains(Position.of(3));
            assertThat(keys.revision()).isEqualTo(1);
            assertThat(again.keys()).containsExactlyInAnyOrder("BookID", "ReaderID");
            assertThat(again.indexedAfter("BookID")).contains(Position.of(3));
            assertThat(again.revision()).isEqualTo(2);
        }

        @Test
        void promoting_known_keys_again_changes_nothing() {
            StorageSettings storage = settings.storage().withPromotedKeys("BookID");

            int first = schema.init(TestStores.shared(), storage).promoted().revision();
            int second = schema.init(TestStores.shared(), storage).promoted().revision();

            assertThat(second).isEqualTo(first);
        }
    }

    @Nested
    final class MakingSegments {
        @Test
        void many_callers_at_the_same_time_make_each_segment_once() throws Exception {
            var _ = schema.init(TestStores.shared(), settings.storage().withSegmentSize(100));
            var segments = new Segments(settings.names());

            List<Integer> made =
                    atOnce(
                            8,
                            () -> {
                                try (Connection own = TestStores.shared().getConnection()) {
                                    return segments.ensure(own, Position.of(1_000));
                                }
                            });

            assertThat(made.stream().mapToInt(Integer::intValue).sum()).isEqualTo(8);
            assertThat(segments()).hasSize(10);
        }

        @Test
        void a_segment_is_made_while_others_read_and_write() throws SQLException {
            var _ = schema.init(TestStores.shared(), settings.storage().withSegmentSize(100));
            String events = settings.names().events();
            try (Connection busy = TestStores.shared().getConnection();
                    Connection own = TestStores.shared().getConnection()) {
                busy.setAutoCommit(false);
                try (var statement = busy.createStatement()) {
                    statement.execute("LOCK TABLE " + events + " IN ROW EXCLUSIVE MODE");
                    statement.execute("SELECT count(*) FROM " + events);
                }
                try (var statement = own.createStatement()) {
                    statement.execute("SET lock_timeout = '5s'");
                }

                assertThat(new Segments(settings.names()).ensure(own, Position.of(201)))
                        .isEqualTo(1);
                busy.rollback();
            }
        }
    }

    private List<String> segments() throws SQLException {
        String sql =
                """
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent = '%s'::regclass ORDER BY 1
                """
                        .formatted(settings.names().events());
        var found = new ArrayList<String>();
        try (Connection connection = TestStores.shared().getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures =
                    IntStream.range(0, count).mapToObj(i -> threads.submit(call)).toList();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }
}
