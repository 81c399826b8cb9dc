package io.floodmark.store.postgres.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The tail and its index against plain collections, on random operations.
final class TailTest {
    private static final int STEPS = 20_000;
    private static final int KEYS = 300;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void an_index_holds_what_a_map_of_lists_holds_after_any_additions_and_removals() {
        var index = new KeyIndex();
        Map<Long, List<Long>> map = new HashMap<>();
        for (int i = 0; i < STEPS; i++) {
            // Few home slots for many keys: chains grow, wrap around and are broken up again.
            long key = random.nextInt(KEYS) * 1_021L * (random.nextBoolean() ? 1 : 1_024);
            List<Long> positions = map.computeIfAbsent(key, _ -> new ArrayList<>());
            switch (positions.isEmpty() ? 0 : random.nextInt(4)) {
                case 0, 1 -> {
                    index.add(key, i + 1);
                    positions.add(i + 1L);
                }
                case 2 -> {
                    index.removeOldest(key);
                    positions.removeFirst();
                }
                default -> {
                    index.removeNewest(key);
                    positions.removeLast();
                }
            }
            assertThat(held(index, key)).as("seed " + seed).isEqualTo(positions);
        }
        map.forEach((key, positions) -> assertThat(held(index, key)).isEqualTo(positions));
        map.values().removeIf(List::isEmpty);
        assertThat(index.size()).isEqualTo(map.size());
    }

    @Test
    void positions_after_another_are_found_wherever_the_ring_begins() {
        var positions = new KeyPositions();
        List<Long> list = new ArrayList<>();
        for (long position = 1; position < STEPS / 10; position++) {
            if (!list.isEmpty() && random.nextInt(3) == 0) {
                positions.removeOldest();
                list.removeFirst();
            }
            positions.add(2 * position);
            list.add(2 * position);
            long after = list.getFirst() - 2 + random.nextInt(2 * list.size() + 4);
            assertThat(positions.indexAfter(after))
                    .as("seed %d, after %d in %s", seed, after, list)
                    .isEqualTo((int) list.stream().filter(p -> p <= after).count());
        }
    }

    private static List<Long> held(KeyIndex index, long key) {
        KeyPositions positions = index.get(key);
        return positions == null
                ? List.of()
                : IntStream.range(0, positions.size()).mapToObj(positions::at).toList();
    }

    @Test
    void a_tail_finds_the_first_match_that_a_search_of_all_its_events_finds() {
        long head = 5_000_000_000L;
        var tail = new Tail(50, 1 << 20, head);
        List<Event> log = new ArrayList<>();
        for (int i = 0; i < STEPS / 4; i++) {
            if (random.nextInt(4) == 0) {
                int kept = Math.max(0, log.size() - random.nextInt(4));
                // Not before what the tail has dropped for good.
                kept = Math.max(kept, (int) (tail.first() - 1 - head));
                log.subList(kept, log.size()).clear();
                tail.truncate(head + kept);
            } else {
                Event event = event();
                log.add(event);
                tail.add(EncodedEvent.of(event, Set.of()));
            }
            Query query = query();
            long after = tail.first() - 1 + random.nextInt(50);
            assertThat(found(tail, query, after))
                    .as("seed %d, step %d, %s after %d", seed, i, query, after)
                    .isEqualTo(searched(log, head, query, after));
        }
        assertThat(tail.first()).isGreaterThan(head + 1_000);
    }

    private static OptionalLong found(Tail tail, Query query, long after) {
        return tail.firstMatch(query, ItemKeys.of(query, Set.of()), after)
                .map(entry -> OptionalLong.of(entry.position()))
                .orElseGet(OptionalLong::empty);
    }

    private static OptionalLong searched(List<Event> log, long head, Query query, long after) {
        for (long position = after + 1; position <= head + log.size(); position++) {
            if (query.matches(log.get((int) (position - head - 1)))) {
                return OptionalLong.of(position);
            }
        }
        return OptionalLong.empty();
    }

    private Event event() {
        return Event.of("T" + random.nextInt(3), Json.EMPTY_OBJECT, tag("a"), tag("b"));
    }

    private Tag tag(String key) {
        return Tag.of(key, Integer.toString(random.nextInt(4)));
    }

    private Query query() {
        return switch (random.nextInt(5)) {
            case 0 -> Query.all();
            case 1 -> Query.of(QueryItem.ofTypes("T0", "T1"));
            case 2 -> Query.of(QueryItem.ofTags(tag("a"), tag("b")));
            case 3 -> Query.of(QueryItem.ofTags(tag("a")), QueryItem.ofTypes("T2"));
            default -> Query.of(QueryItem.ofTags(tag("c")));
        };
    }
}
