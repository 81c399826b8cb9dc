package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a read delivers, in which order, and what its end means.
public abstract class ReadContract extends StoreContract {

    @ParameterizedTest
    @EnumSource
    void a_read_of_every_shape_delivers_exactly_its_matches_in_order(FilterShape shape) {
        List<Event> events = Library.events();
        append(events.toArray(Event[]::new));

        List<RecordedEvent> found = read(shape.request());

        assertThat(positions(found)).isEqualTo(shape.positions());
        assertThat(found)
                .allSatisfy(it ->
                        assertThat(it.event())
                                .isEqualTo(events.get((int) it.position().value() - 1)));
    }

    @ParameterizedTest
    @EnumSource
    void a_condition_of_every_shape_is_blocked_by_exactly_its_matches(FilterShape shape) {
        append(Library.events().toArray(Event[]::new));
        Query query = shape.request().query();
        List<Long> all = positions(read(query.everything()));
        long last = all.isEmpty() ? 0 : all.getLast();

        if (last > 0) {
            assertThat(appendIf(query, last - 1, event("rejected")))
                    .isInstanceOfSatisfying(
                            io.floodmark.store.AppendResult.Conflict.class,
                            it -> assertThat(it.blocking().position()).isEqualTo(at(last)));
        }
        assertThat(appendIf(query, last, event("accepted"))).isEqualTo(appended(11, 11));
    }

    @Test
    void an_empty_store_has_nothing_to_read_and_ends_at_the_start() {
        try (EventStream stream = store().read(ReadRequest.of(Query.all()), SOON)) {
            assertThat(stream.readUpTo()).isEqualTo(Position.START);
            assertThat(stream.hasNext()).isFalse();
        }
        assertThat(store().head(io.floodmark.store.Consistency.strong())).isEqualTo(Position.START);
    }

    @Test
    void a_read_ends_at_the_head_although_the_last_match_lies_below() {
        append(event("bought", book(1)), event("bought", book(2)), event("bought", book(3)));

        try (EventStream stream = store().read(ReadRequest.of(ofBook(1)), SOON)) {
            assertThat(stream.readUpTo()).as("before the first event").isEqualTo(at(3));
            assertThat(stream.next().position()).isEqualTo(at(1));
            assertThat(stream.hasNext()).isFalse();
            assertThat(stream.readUpTo()).as("after the last event").isEqualTo(at(3));
        }
    }

    @Test
    void a_read_that_matches_nothing_ends_at_the_head_too() {
        append(event("bought", book(1)), event("bought", book(2)));

        try (EventStream stream = store().read(ReadRequest.of(ofBook(9)), SOON)) {
            assertThat(stream.hasNext()).isFalse();
            assertThat(stream.readUpTo()).isEqualTo(at(2));
        }
    }

    @Test
    void a_read_never_delivers_what_lies_above_its_end() {
        appendAll(events(1_200, "noise", book(1)));
        List<Long> seen = new ArrayList<>();
        Position end;
        try (EventStream stream = store().read(ReadRequest.of(ofBook(1)), SOON)) {
            end = stream.readUpTo();
            while (stream.hasNext()) {
                seen.add(stream.next().position().value());
                if (seen.size() % 300 == 1) {
                    append(event("later", book(1)));
                }
            }
        }

        assertThat(seen).isEqualTo(positionsUpTo(1_200));
        assertThat(end).isEqualTo(at(1_200));
        assertThat(positions(read(ofBook(1).after(end))))
                .containsExactly(1_201L, 1_202L, 1_203L, 1_204L);
    }

    @Test
    void a_read_after_the_head_delivers_nothing() {
        append(event("bought", book(1)));

        assertThat(read(ofBook(1).after(at(1)))).isEmpty();
        assertThat(read(ofBook(1).after(at(1_000_000)))).isEmpty();
    }

    @Test
    void long_reads_are_complete_and_in_order() {
        appendAll(events(5_500, "noise", book(1)));
        appendAll(events(10, "rare", book(2)));

        assertThat(positions(log())).isEqualTo(positionsUpTo(5_510));
        assertThat(positions(read(ofBook(2).everything())))
                .containsExactly(
                        5_501L, 5_502L, 5_503L, 5_504L, 5_505L, 5_506L, 5_507L, 5_508L, 5_509L,
                        5_510L);
        assertThat(positions(read(ofBook(1).after(at(5_000)))))
                .hasSize(500)
                .startsWith(5_001L)
                .isSorted();
    }

    @Test
    void several_streams_may_be_open_and_one_may_be_left_early() {
        appendAll(events(1_000, "noise", book(1)));

        EventStream left = store().read(ReadRequest.of(ofBook(1)), SOON);
        EventStream other = store().read(ReadRequest.of(ofBook(1)), SOON);
        assertThat(left.next().position()).isEqualTo(at(1));
        left.close();
        assertThat(left.hasNext()).isFalse();
        assertThat(positions(other.toList(1_000))).isEqualTo(positionsUpTo(1_000));
        left.close();
        assertThat(append(event("still", book(1)))).isEqualTo(appended(1_001, 1_001));
    }

    @Test
    void a_stream_that_ended_has_no_next_event() {
        append(event("bought", book(1)));

        try (EventStream stream = store().read(ReadRequest.of(ofBook(1)), SOON)) {
            stream.next();
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void a_stream_that_is_longer_than_the_list_may_be_says_so() {
        append(events(3, "noise").toArray(Event[]::new));

        assertThatThrownBy(() -> store().read(ReadRequest.of(Query.all()), SOON).toList(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2");
    }

    @Test
    void time_bounds_include_both_ends_to_the_microsecond() {
        var moment = java.time.Instant.parse("2025-01-01T00:00:00.123456Z");
        var before = moment.minusNanos(1_000);
        append(Event.draft("a").occurredAt(before).build());
        append(Event.draft("b").occurredAt(moment).build());

        var any = Query.matching().anyEvent();
        assertThat(positions(read(any.occurredFrom(moment).request()))).containsExactly(2L);
        assertThat(positions(read(any.occurredUntil(before).request()))).containsExactly(1L);
        assertThat(positions(read(any.occurredFrom(before).occurredUntil(moment).request())))
                .containsExactly(1L, 2L);
    }
}
