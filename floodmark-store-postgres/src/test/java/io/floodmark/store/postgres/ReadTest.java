package io.floodmark.store.postgres;

import static io.floodmark.store.postgres.TestStores.LONG;
import static io.floodmark.store.postgres.TestStores.append;
import static io.floodmark.store.postgres.TestStores.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.floodmark.store.Consistency;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Snapshot;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.schema.ReadSettings;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Nested
    final class AnswersAreThoseOfTheDefinition {
        private final Random random = new Random(20_261_121);

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 7, 1_000})
        void of_random_queries_over_segments_and_a_key_that_was_promoted_midway(int pageEvents) {
            StoreSettings settings = smallSegments(pageEvents);
            var log = new ArrayList<RecordedEvent>();
            try (PostgresEventStore store = TestStores.open(settings)) {
                fill(store, 180);
            }
            var _ =
                    new StoreSchema(settings.names())
                            .init(
                                    TestStores.shared(),
                                    settings.storage().withPromotedKeys("color"));
            try (PostgresEventStore store =
                    PostgresEventStore.open(TestStores.shared(), List.of(), settings)) {
                fill(store, 180);
                log.addAll(store.read(Query.all().everything(), LONG).toList(1_000));
                assertThat(log).hasSize(360);
                for (int i = 0; i < 60; i++) {
                    ReadRequest request = request();
                    assertThat(store.read(request, LONG).toList(1_000))
                            .as(request.toString())
                            .isEqualTo(log.stream().filter(request::covers).toList());
                }
            }
        }

        private StoreSettings smallSegments(int pageEvents) {
            StoreSettings settings = TestStores.freshNames();
            ReadSettings read = settings.read();
            return settings.with(settings.storage().withSegmentSize(100))
                    .with(
                            new ReadSettings(
                                    read.connectionsMax(),
                                    pageEvents,
                                    read.replicaWait(),
                                    read.hedgeAfter(),
                                    read.hedgeShare()));
        }

        private void fill(PostgresEventStore store, int count) {
            var _ = append(store, IntStream.range(0, count).mapToObj(i -> randomEvent()).toList());
        }

        private Event randomEvent() {
            return Event.draft(any("A", "B", "C"))
                    .tags(subset("x=1", "x=2", "y=1", "z", "w"))
                    .payload(
                            Json.of(
                                    "{\"color\": \"%s\", \"size\": \"%s\"}"
                                            .formatted(any("red", "blue", "gold"), any("S", "L"))))
                    .occurredAt(NOON.plusSeconds(random.nextInt(1_000)))
                    .build();
        }

        private ReadRequest request() {
            ReadRequest request = query().everything();
            Instant from = NOON.plusSeconds(random.nextInt(1_000));
            return switch (random.nextInt(6)) {
                case 0 -> request.after(Position.of(random.nextInt(400)));
                case 1 -> bounded(request, ReadBounds.occurredFrom(from));
                case 2 -> bounded(request, ReadBounds.occurredUntil(from));
                case 3 -> bounded(request, ReadBounds.occurredBetween(from, from.plusSeconds(200)));
                default -> request;
            };
        }

        private ReadRequest bounded(ReadRequest request, ReadBounds bounds) {
            return new ReadRequest(request.query(), bounds, request.consistency());
        }

        private Query query() {
            if (random.nextInt(10) == 0) {
                return Query.all();
            }
            return new Query(
                    IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> item()).toList());
        }

        private QueryItem item() {
            while (true) {
                Set<String> types = random.nextBoolean() ? Set.of() : Set.of(any("A", "B"), "C");
                Set<Tag> tags = random.nextBoolean() ? Set.of() : subset("x=1", "x=2", "y=1", "z");
                PayloadPredicate payload = payload();
                if (!types.isEmpty()
                        || !tags.isEmpty()
                        || !(payload instanceof PayloadPredicate.None)) {
                    return new QueryItem(types, tags, payload);
                }
            }
        }

        private PayloadPredicate payload() {
            var color = PayloadMatch.of("color", any("red", "blue", "green"));
            var size = PayloadMatch.of("size", any("S", "M"));
            return switch (random.nextInt(6)) {
                case 0 -> PayloadPredicate.allOf(color);
                case 1 -> PayloadPredicate.allOf(color, size);
                case 2 -> PayloadPredicate.anyOf(color, size);
                case 3 -> PayloadPredicate.anyOf(color, PayloadMatch.of("color", "gold"));
                default -> PayloadPredicate.none();
            };
        }

        private String any(String... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private Set<Tag> subset(String... texts) {
            return List.of(texts).stream()
                    .filter(text -> random.nextInt(3) == 0)
                    .map(Tag::new)
                    .collect(Collectors.toSet());
        }
    }

    @Nested
    final class Completeness {
        @Test
        void an_empty_read_still_tells_how_far_it_has_read() {
            try (PostgresEventStore store = TestStores.open(TestStores.freshNames())) {
                Query nothing = Query.of(QueryItem.ofTypes("none"));
                assertThat(store.read(nothing.everything(), LONG).readUpTo())
                        .isEqualTo(Position.START);
                var _ = append(store, event("a"), event("b"));

                assertThat(store.read(nothing.everything(), LONG).readUpTo())
                        .isEqualTo(Position.of(2));
            }
        }

        @Test
        void what_comes_after_the_opening_is_not_delivered() {
            try (PostgresEventStore store = TestStores.open(TestStores.freshNames())) {
                var _ = append(store, IntStream.range(0, 300).mapToObj(i -> event("a")).toList());
                EventStream stream = store.read(Query.all().everything(), LONG);
                var _ = append(store, event("late"));

                assertThat(stream.readUpTo()).isEqualTo(Position.of(300));
                assertThat(stream.toList(1_000)).hasSize(300);
            }
        }

        @Test
        void large_events_come_back_exactly() {
            String text = "{\"text\": \"" + "é\\n\\\"x".repeat(100_000) + "\",  \"n\": 1.50 }";
            try (PostgresEventStore store = TestStores.open(TestStores.freshNames())) {
                for (int i = 0; i < 5; i++) {
                    var _ = append(store, Event.of("large", Json.of(text)));
                }

                assertThat(store.read(Query.all().everything(), LONG).toList(10))
                        .hasSize(5)
                        .allSatisfy(event ->
                                assertThat(event.event().payload().toString()).isEqualTo(text));
            }
        }
    }

    @Nested
    final class NoTextBecomesSql {
        private static final List<String> NASTY =
                List.of(
                        "'",
                        "\"",
                        "\\",
                        "';DROP SCHEMA public;--",
                        "$1",
                        "?",
                        "{a,b}",
                        "{\"x\"}",
                        "NULL",
                        "%s%n",
                        "🦉ß漢字",
                        "a=b=c",
                        "\\x41",
                        "${schema}",
                        "/*",
                        "E'\\n'");

        @Test
        void in_types_tags_keys_values_and_names() {
            StoreSettings settings = TestStores.freshNames();
            StoreSettings promoted =
                    settings.with(
                            settings.storage().withPromotedKeys(NASTY.toArray(String[]::new)));
            try (PostgresEventStore store = TestStores.open(promoted)) {
                for (String text : NASTY) {
                    var _ = append(store, nasty(text));
                }
                for (String text : NASTY) {
                    assertFound(store, QueryItem.ofTypes(text), text);
                    assertFound(store, QueryItem.ofTags(Tag.of("k", text)), text);
                    assertFound(
                            store, QueryItem.ofTags(Tag.of("k", text), new Tag("t" + text)), text);
                    var match = PayloadMatch.of(text, text);
                    assertFound(store, item(PayloadPredicate.allOf(match)), text);
                    assertFound(store, item(PayloadPredicate.anyOf(match)), text);
                    assertFound(
                            store,
                            item(PayloadPredicate.allOf(PayloadMatch.of("unpromoted", text))),
                            text);
                    assertSnapshotKept(store, text);
                }
            }
        }

        private static Event nasty(String text) {
            String quoted = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            return Event.of(
                    text,
                    Json.of("{%1$s: %1$s, \"unpromoted\": %1$s}".formatted(quoted)),
                    Tag.of("k", text),
                    new Tag("t" + text));
        }

        private static QueryItem item(PayloadPredicate payload) {
            return new QueryItem(Set.of(), Set.of(), payload);
        }

        private static void assertFound(PostgresEventStore store, QueryItem item, String type) {
            assertThat(store.read(Query.of(item).everything(), LONG).toList(10))
                    .as(item.toString())
                    .singleElement()
                    .extracting(found -> found.event().type())
                    .isEqualTo(type);
        }

        private static void assertSnapshotKept(PostgresEventStore store, String projection) {
            var snapshot =
                    new Snapshot(
                            projection, Query.all().hash(), Position.of(1), Json.of("{}"), NOON);
            var _ = store.snapshots().save(snapshot, LONG);
            assertThat(
                            store.snapshots()
                                    .load(
                                            projection,
                                            Query.all().hash(),
                                            Consistency.strong(),
                                            LONG))
                    .contains(snapshot);
        }
    }

    @Nested
    final class Time {
        @Test
        void a_read_ends_at_its_deadline_when_the_server_does_not_answer() throws Exception {
            StoreSettings settings = TestStores.freshNames();
            try (PostgresEventStore store = TestStores.open(settings);
                    var blocker = TestStores.shared().getConnection()) {
                blocker.setAutoCommit(false);
                try (var statement = blocker.createStatement()) {
                    statement.execute(
                            "LOCK TABLE "
                                    + settings.names().logHead()
                                    + " IN ACCESS EXCLUSIVE MODE");
                }

                assertThatExceptionOfType(DeadlineExceeded.class)
                        .isThrownBy(
                                () -> store.read(Query.all().everything(), Duration.ofMillis(200)))
                        .withMessageContaining("200 ms");
                blocker.rollback();
                assertThat(store.head(Consistency.strong())).isEqualTo(Position.START);
            }
        }

        @Test
        void a_position_that_nobody_has_is_waited_for_until_the_deadline() {
            try (PostgresEventStore store = TestStores.open(TestStores.freshNames())) {
                ReadRequest request = Query.all().everything().atLeast(Position.of(1));

                assertThatExceptionOfType(DeadlineExceeded.class)
                        .isThrownBy(() -> store.read(request, Duration.ofMillis(100)));
                var _ = append(store, event("a"));
                assertThat(store.read(request, LONG).toList(1)).hasSize(1);
            }
        }
    }
}
