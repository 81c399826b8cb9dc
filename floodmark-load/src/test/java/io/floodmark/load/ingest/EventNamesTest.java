package io.floodmark.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EventNamesTest {

    private static final long START = 1_795_255_199_000L;

    private final EventNames names = EventNames.of("20261121-120000-000-4242", START);

    @Test
    void ids_are_uuids_of_version_7_whose_time_grows_with_the_number() {
        UUID first = UUID.fromString(names.id(Lane.SINGLE, 0));
        UUID later = UUID.fromString(names.id(Lane.SINGLE, 64_000));

        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.getMostSignificantBits() >>> 16).isEqualTo(START);
        assertThat(later.getMostSignificantBits() >>> 16).isEqualTo(START + 1_000);
    }

    @Test
    void every_event_is_found_by_its_id() {
        for (long number : List.of(0L, 1L, 63L, 64L, 1_000_000L, (1L << 40) + 7)) {
            for (Lane lane : Lane.values()) {
                assertThat(names.find(names.id(lane, number)))
                        .contains(new EventNames.Numbered(lane, number));
            }
        }
    }

    @Test
    void ids_of_other_runs_and_other_texts_are_not_ours() {
        EventNames other = EventNames.of("20261121-120000-001-4242", START);

        assertThat(names.find(other.id(Lane.MANY, 5))).isEmpty();
        assertThat(names.find("order-1")).isEmpty();
        assertThat(names.find("zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz")).isEmpty();
        assertThat(names.find(UUID.nameUUIDFromBytes(new byte[] {1}).toString())).isEmpty();
    }
}
