package io.floodmark.store.postgres.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.EventIds;
import io.floodmark.store.TimeAndChance;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which ids need no look at the log.
final class SealedIdsTest {
    private static final int SEGMENT = 1_000;
    private static final StoreLayout LAYOUT =
            new StoreLayout(StoreLayout.VERSION, SEGMENT, PromotedKeys.none());

    private final SegmentIds ids = new SegmentIds(LAYOUT, 0);

    private static UUID fresh() {
        return EventIds.next(TimeAndChance.system());
    }

    private List<UUID> write(int count, Instant at) {
        List<UUID> written = Stream.generate(SealedIdsTest::fresh).limit(count).toList();
        written.forEach(id -> ids.seen(id, at));
        return written;
    }

    private static List<UUID> some(int count) {
        return Stream.generate(SealedIdsTest::fresh).limit(count).toList();
    }

    private long clear(List<UUID> each) {
        return each.stream()
                .filter(id -> ids.sealed().clearTo(List.of(id)) == ids.sealed().last())
                .count();
    }

    @Test
    void no_stored_id_of_a_sealed_segment_is_clear_and_nearly_all_others_are() {
        List<UUID> stored = write(3 * SEGMENT + 10, Instant.now());

        assertThat(ids.sealed().last()).isEqualTo(3 * SEGMENT);
        assertThat(clear(stored.subList(0, 3 * SEGMENT))).isZero();
        assertThat(clear(some(1_000))).isGreaterThan(900);
    }

    @Test
    void without_the_ids_only_time_can_clear() {
        ids.skipTo(SEGMENT + 10, Instant.now());
        assertThat(clear(some(10))).isZero();

        ids.skipTo(SEGMENT + 10, Instant.now().minus(Duration.ofMinutes(4)));
        assertThat(clear(some(10))).isZero();

        ids.skipTo(SEGMENT + 10, Instant.now().minus(Duration.ofMinutes(6)));
        assertThat(clear(some(10))).isEqualTo(10);
        assertThat(clear(List.of(UUID.randomUUID()))).isZero();
    }

    @Test
    void a_segment_whose_beginning_was_not_seen_clears_nothing() {
        ids.skipTo(10, Instant.EPOCH);
        var _ = write(SEGMENT - 10 + 5, Instant.now());

        assertThat(ids.sealed().last()).isEqualTo(SEGMENT);
        assertThat(clear(some(10))).isZero();
    }
}
