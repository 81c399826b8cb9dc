package io.floodmark.store.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.TestStores;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageSqlTest {
    private final StoreSettings settings = TestStores.freshNames();
    private final PageSql pages = new PageSql(settings.names());

    @Nested
    final class Text {
        @Test
        void does_not_depend_on_values() {
            Query first = Query.of(item(Set.of("A"), "x=1", "y=2", PayloadMatch.of("k", "v")));
            Query second =
                    Query.of(item(Set.of("B", "C", "D"), "x'; --", "y", PayloadMatch.of("k", "?")));

            assertThat(sql(first).text()).isEqualTo(sql(second).text());
        }

        @Test
        void contains_no_value() {
            assertThat(
                            sql(Query.of(
                                            item(
                                                    Set.of("Typ"),
                                                    "ta=g",
                                                    "u",
                                                    PayloadMatch.of("k", "val"))))
                                    .text())
                    .doesNotContain("Typ", "ta=g", "val");
        }

        @Test
        void looks_up_a_bounded_number_of_tags_and_counts_them_once() {
            Tag[] many =
                    Stream.iterate(0, i -> i < 64, i -> i + 1)
                            .map(i -> new Tag("t" + i))
                            .toArray(Tag[]::new);

            assertThat(sql(Query.of(QueryItem.ofTags(many))).text().split("tag_hash", -1))
                    .hasSize(Branches.JOINED_MAX + 2);
        }

        private QueryItem item(Set<String> types, String tag, String other, PayloadMatch match) {
            return new QueryItem(
                    types, Set.of(new Tag(tag), new Tag(other)), PayloadPredicate.allOf(match));
        }

        private Sql sql(Query query) {
            var since = new TreeMap<String, Position>();
            since.put("k", Position.of(1_000));
            return pages.of(Branches.of(query, new PromotedKeys(1, since), Branch.Times.ANY));
        }
    }

    @Nested
    final class Plan {
        private static final int SEGMENT = 2_000;
        private static final int COUNTED_MAX = 1_000;
        private static final Tag COMMON = new Tag("library=main");
        private static final Pattern ROWS = Pattern.compile(" rows=([0-9]+)");

        @ParameterizedTest
        @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
        void of_two_tags_at_a_bound_uses_the_index_of_the_newest_segment_alone(String mode)
                throws SQLException {
            try (PostgresEventStore store =
                    TestStores.open(settings.with(settings.storage().withSegmentSize(SEGMENT)))) {
                fill(store, 5 * SEGMENT / 2);
                TestStores.execute(
                        TestStores.shared(),
                        "ANALYZE " + settings.names().events(),
                        "ANALYZE " + settings.names().eventTag());
                Query query = Query.of(QueryItem.ofTags(new Tag("reader=7"), new Tag("book=77")));

                String plan = explain(query, Position.of(2 * SEGMENT + 100), mode);

                assertThat(plan)
                        .doesNotContain("Seq Scan on events")
                        .doesNotContain("Seq Scan on event_tag")
                        .doesNotContain("_s00000000")
                        .doesNotContain("_s00000001")
                        .contains("event_tag_s00000002_tag_hash_position_idx");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
        void of_a_rare_tag_beside_one_that_all_events_carry_looks_at_few_events(String mode)
                throws SQLException {
            try (PostgresEventStore store =
                    TestStores.open(settings.with(settings.storage().withSegmentSize(SEGMENT)))) {
                fill(store, 5 * SEGMENT / 2);

                String plan =
                        explain(
                                Query.of(QueryItem.ofTags(COMMON, new Tag("book=77"))),
                                Position.START,
                                mode);

                assertThat(ROWS.matcher(plan).results().map(found -> found.group(1)))
                        .isNotEmpty()
                        .allSatisfy(rows ->
                                assertThat(Integer.parseInt(rows))
                                        .isLessThanOrEqualTo(COUNTED_MAX));
            }
        }

        private void fill(PostgresEventStore store, int count) {
            var batch = new ArrayList<Event>();
            for (int i = 0; i < count; i++) {
                batch.add(
                        Event.of(
                                "Lent",
                                Json.EMPTY_OBJECT,
                                COMMON,
                                new Tag("reader=" + i % 50),
                                new Tag("book=" + i % 500)));
                if (batch.size() == 1_000) {
                    var _ = TestStores.append(store, batch);
                    batch.clear();
                }
            }
            var _ = TestStores.append(store, batch);
        }

        private String explain(Query query, Position after, String mode) throws SQLException {
            List<Branch> branches = Branches.of(query, PromotedKeys.none(), Branch.Times.ANY);
            Sql sql = pages.of(branches);
            var plan = new StringBuilder();
            try (Connection connection = TestStores.shared().getConnection()) {
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    statement.execute("SET LOCAL plan_cache_mode = " + mode);
                }
                String explain = "EXPLAIN (ANALYZE, COSTS OFF) " + sql.text();
                try (PreparedStatement statement = connection.prepareStatement(explain)) {
                    sql.bind(statement, new Param.Window(after, Branch.Range.ALL.upTo(), 128));
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            plan.append(row.getString(1)).append('\n');
                        }
                    }
                }
                connection.rollback();
            }
            return plan.toString();
        }
    }
}
