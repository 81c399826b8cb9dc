package io.floodmark.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.wire.BodyReader;
import io.floodmark.store.TimeAndChance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ReplayTest {
    private final Shelf shelf = new Shelf();
    private final List<Delivery> written = new ArrayList<>();

    /// Dead letters in memory.
    private static final class Shelf implements DeadLetters {
        private final List<DeadLetter> letters = new ArrayList<>();
        private final Set<String> replayed = new HashSet<>();

        void add(String key, String json) {
            letters.add(
                    new DeadLetter(
                            key, "acme", "e-" + key, "t", 1, Instant.EPOCH, "23514", "r", json));
        }

        @Override
        public List<DeadLetter> next(String after, int most) {
            return letters.stream()
                    .filter(letter -> letter.key().compareTo(after) > 0)
                    .filter(letter -> !replayed.contains(letter.key()))
                    .limit(most)
                    .toList();
        }

        @Override
        public void replayed(DeadLetter letter) {
            assertThat(replayed.add(letter.key())).isTrue();
        }

        @Override
        public void close() {}
    }

    private ReplayReport replay(long most, Function<Delivery, Outcome> sink) {
        Sink.Writer writer =
                new Sink.Writer() {
                    @Override
                    public Sink.Written write(List<Delivery> batch) {
                        written.addAll(batch);
                        return new Sink.Written(batch.stream().map(sink).toList(), true);
                    }

                    @Override
                    public void close() {}
                };
        return new Replay(
                        shelf,
                        writer,
                        new BodyReader(IngestLimits.defaults()),
                        TimeAndChance.system())
                .run(most);
    }

    private static String event(String id) {
        return "{\"event_id\":\"%s\",\"event_type\":\"t\",\"timestamp\":\"2026-11-21T10:00:00Z\"}"
                .formatted(id);
    }

    @Test
    void letters_are_stored_once_and_never_again() {
        shelf.add("1", event("e-1"));
        shelf.add("2", event("e-2"));

        ReplayReport first = replay(100, _ -> new Outcome.Stored());
        ReplayReport second = replay(100, _ -> new Outcome.Stored());

        assertThat(first).isEqualTo(new ReplayReport(2, 0, 0, false, List.of()));
        assertThat(second).isEqualTo(new ReplayReport(0, 0, 0, false, List.of()));
        assertThat(written).extracting(d -> d.event().id()).containsExactly("e-1", "e-2");
        assertThat(written).extracting(Delivery::tenant).containsOnly("acme");
    }

    @Test
    void a_letter_that_is_there_already_is_marked() {
        shelf.add("1", event("e-1"));

        assertThat(replay(100, _ -> new Outcome.Duplicate()).duplicates()).isEqualTo(1);
        assertThat(shelf.replayed).containsExactly("1");
    }

    @Test
    void letters_that_the_validation_or_the_sink_refuses_stay_and_hold_up_no_other() {
        shelf.add("1", "{\"event_id\":\"e-1\"}");
        shelf.add("2", event("e-2"));
        shelf.add("3", "{");

        ReplayReport report = replay(100, _ -> new Outcome.Stored());

        assertThat(report.stored()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(2);
        assertThat(report.reasons()).hasSize(2).first().asString().startsWith("e-1: ");
        assertThat(report.complete()).isFalse();
        assertThat(shelf.replayed).containsExactly("2");
    }

    @Test
    void a_limit_leaves_the_others_and_says_so() {
        for (String key : List.of("1", "2", "3")) {
            shelf.add(key, event("e-" + key));
        }

        assertThat(replay(2, _ -> new Outcome.Stored()))
                .isEqualTo(new ReplayReport(2, 0, 0, true, List.of()));
        assertThat(replay(1, _ -> new Outcome.Stored()).complete()).isTrue();
    }

    @Test
    void a_sink_that_fails_ends_it() {
        for (String key : List.of("1", "2", "3")) {
            shelf.add(key, event("e-" + key));
        }

        ReplayReport report =
                replay(
                        100,
                        delivery ->
                                delivery.event().id().equals("e-2")
                                        ? new Outcome.Unknown("away")
                                        : new Outcome.Stored());

        assertThat(report).isEqualTo(new ReplayReport(1, 0, 0, true, List.of("e-2: away")));
        assertThat(written).hasSize(2);
    }

    @Test
    void a_limit_is_kept() {
        shelf.add("1", event("e-1"));
        shelf.add("2", event("e-2"));

        assertThat(replay(1, _ -> new Outcome.Stored()).stored()).isEqualTo(1);
    }

    @Test
    void a_cloud_event_goes_through_its_own_validation_as_it_came() {
        String inner =
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"n\":1.50}}";
        shelf.add(
                "1",
                "{\"event_id\":\"/s#1\",\"event_type\":\"t\",\"timestamp\":\"2026-11-21T10:00:00Z\",\"cloudevent\":%s}"
                        .formatted(inner));

        assertThat(replay(100, _ -> new Outcome.Stored()).stored()).isEqualTo(1);
        assertThat(written.getFirst().event().id()).isEqualTo("/s#1");
        assertThat(written.getFirst().event()).asString().contains("\"cloudevent\":" + inner);
    }
}
