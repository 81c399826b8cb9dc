package io.floodmark.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.memory.InMemoryEventStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Following a log, with and without a place that is kept.
final class TailTest {
    private final EventStore store = new InMemoryEventStore();
    private final List<Long> seen = new ArrayList<>();

    @AfterEach
    void close() {
        store.close();
    }

    private void append(String... types) {
        for (String type : types) {
            store.append(
                    List.of(Event.of(type, Json.EMPTY_OBJECT)),
                    AppendCondition.none(),
                    Duration.ofSeconds(5));
        }
    }

    private Tail tail(long limit) {
        return new Tail(store, this::see, () -> {}, limit, () -> false);
    }

    private void see(RecordedEvent event) {
        seen.add(event.position().value());
    }

    @Test
    void unnamed_begins_where_it_is_told() throws IOException {
        append("A", "B", "A", "A");

        Query query = Query.matching().types("A").build();
        assertThat(tail(2).unnamed(query, Position.of(1))).isTrue();

        assertThat(seen).containsExactly(3L, 4L);
    }

    @Test
    void unnamed_prints_what_comes_while_it_waits() throws IOException {
        append("A");
        Tail tail =
                new Tail(
                        store,
                        event -> {
                            see(event);
                            if (seen.size() < 3) {
                                append("A");
                            }
                        },
                        () -> {},
                        3,
                        () -> false);

        assertThat(tail.unnamed(Query.all(), Position.START)).isTrue();

        assertThat(seen).containsExactly(1L, 2L, 3L);
    }

    @Test
    void named_goes_on_where_it_ended() throws IOException {
        append("A", "A", "A", "A");

        assertThat(tail(3).named("mails", Query.all(), Position.START)).isTrue();
        assertThat(tail(1).named("mails", Query.all(), Position.START)).isTrue();

        assertThat(seen).containsExactly(1L, 2L, 3L, 4L);
        assertThat(store.subscriptions().checkpoint("mails")).contains(Position.of(4));
    }

    @Test
    void a_stop_ends_it_before_the_limit() throws IOException {
        append("A", "A");
        Tail tail = new Tail(store, this::see, () -> {}, 5, () -> seen.size() == 2);

        assertThat(tail.named("mails", Query.all(), Position.START)).isFalse();
        assertThat(tail.unnamed(Query.all(), Position.START)).isFalse();
    }
}
