package io.floodmark.store.tck.history;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;

/// The events and queries of a run: numbered boundaries, and for each a few queries whose matches
/// lie in it or in its neighbour.
///
/// *Threads.* Any thread.
final class Scene {

    /// The number that stands for "no condition" among those of queries.
    static final int UNCONDITIONAL = 0;

    /// Most events of one append.
    static final int COUNT_MAX = 4;

    static final int TYPES = 3;

    private static final int CACHED_MAX = 100_000;
    private static final Json METADATA = Json.EMPTY_OBJECT;

    private final HistoryWorkload workload;
    private final EventIds ids;
    private final String suffix;
    private final int shapes;
    private final AtomicReferenceArray<Query> cached;

    /// @param mark tells this run's events and boundaries from those of other runs in the same
    ///   store
    Scene(HistoryWorkload workload, long mark) {
        this.workload = workload;
        this.ids = new EventIds(mark);
        this.suffix = "-" + Long.toString(mark & 0xFFFFFF, Character.MAX_RADIX);
        this.shapes =
                switch (workload.conditions()) {
                    case OWN_TAG -> 1;
                    case OVERLAPPING_TAGS -> 5;
                    case EVERY_SHAPE -> 7;
                };
        this.cached = new AtomicReferenceArray<>(Math.min(queries(), CACHED_MAX));
    }

    EventIds ids() {
        return ids;
    }

    /// One more than the highest number of a query.
    int queries() {
        return 1 + workload.boundaries() * shapes;
    }

    /// Queries for each boundary.
    int shapes() {
        return shapes;
    }

    /// The number of a boundary's query; shape 0 asks for the boundary's tag alone.
    int number(int boundary, int shape) {
        return 1 + boundary * shapes + shape;
    }

    Query query(int number) {
        if (number >= cached.length()) {
            return made(number);
        }
        Query known = cached.get(number);
        if (known == null) {
            known = made(number);
            cached.set(number, known);
        }
        return known;
    }

    private Query made(int number) {
        int boundary = (number - 1) / shapes;
        int next = (boundary + 1) % workload.boundaries();
        List<QueryItem> items =
                switch ((number - 1) % shapes) {
                    case 0 -> List.of(item(Set.of(), Set.of(tag(boundary)), anything()));
                    case 1 ->
                            List.of(
                                    item(
                                            Set.of(type(1), type(2)),
                                            Set.of(tag(boundary)),
                                            anything()));
                    case 2 ->
                            List.of(
                                    item(Set.of(), Set.of(tag(boundary)), anything()),
                                    item(Set.of(type(0)), Set.of(tag(next)), anything()));
                    case 3 -> List.of(item(Set.of(), Set.of(tag(boundary), tag(next)), anything()));
                    case 4 -> List.of(typeAlone(boundary));
                    case 5 -> List.of(item(Set.of(), Set.of(), anyOf(boundary)));
                    default ->
                            List.of(
                                    item(Set.of(type(0)), Set.of(tag(boundary)), anything()),
                                    item(Set.of(), Set.of(tag(next)), oddOf(next)));
                };
        return new Query(items);
    }

    /// What any event of the type matches, wherever it belongs: for the first boundaries only,
    /// because all events are compared with each such query.
    private QueryItem typeAlone(int boundary) {
        Set<Tag> tags = boundary < TYPES ? Set.of() : Set.of(tag(boundary));
        return item(Set.of(type(boundary)), tags, anything());
    }

    private static QueryItem item(Set<String> types, Set<Tag> tags, PayloadPredicate payload) {
        return new QueryItem(types, tags, payload);
    }

    private static PayloadPredicate anything() {
        return new PayloadPredicate.None();
    }

    private PayloadPredicate anyOf(int boundary) {
        return new PayloadPredicate.AnyOf(
                Set.of(
                        new PayloadMatch("boundary", name(boundary)),
                        new PayloadMatch("kind", "nobody writes this")));
    }

    private PayloadPredicate oddOf(int boundary) {
        return new PayloadPredicate.AllOf(
                Set.of(
                        new PayloadMatch("boundary", name(boundary)),
                        new PayloadMatch("kind", "odd")));
    }

    private Tag tag(int boundary) {
        return Tag.of("boundary", name(boundary));
    }

    private String name(int boundary) {
        return boundary + suffix;
    }

    /// Of this run alone, as a query may ask for nothing but a type.
    private String type(int number) {
        return "changed-" + number % TYPES + suffix;
    }

    /// The events of an attempt, with fresh ids.
    List<Event> events(long attempt, Plan plan) {
        List<Event> events = new ArrayList<>(plan.count());
        Instant now = Instant.ofEpochMilli(Ticks.wallMillis());
        for (int place = 0; place < plan.count(); place++) {
            events.add(event(plan, ids.id(attempt, place), now));
        }
        return events;
    }

    /// The event that its id says it is.
    Event event(Plan plan, UUID id, Instant occurredAt) {
        Set<Tag> tags =
                plan.boundary() == plan.second()
                        ? Set.of(tag(plan.boundary()))
                        : Set.of(tag(plan.boundary()), tag(plan.second()));
        return new Event(
                id,
                type(plan.type() + EventIds.place(id)),
                tags,
                payload(plan.boundary(), EventIds.attempt(id)),
                METADATA,
                occurredAt);
    }

    /// Spaced and ordered as PostgreSQL's jsonb prints it, so that stores which keep payloads in
    /// that type are not accused of changing them.
    private Json payload(int boundary, long attempt) {
        String kind = attempt % 2 == 0 ? "even" : "odd";
        return Json.of(
                "{\"n\": \"%d\", \"kind\": \"%s\", \"boundary\": \"%s\"}"
                        .formatted(attempt, kind, name(boundary)));
    }

    /// Passes the numbers of all queries that match an event of the plan, each once.
    void forEachMatch(Event event, Plan plan, IntConsumer matched) {
        int count = workload.boundaries();
        int before = (plan.boundary() + count - 1) % count;
        int beforeSecond = (plan.second() + count - 1) % count;
        int[] near = new int[4 + Math.min(TYPES, count)];
        Arrays.setAll(near, i -> i - 4);
        near[0] = plan.boundary();
        near[1] = plan.second();
        near[2] = before;
        near[3] = beforeSecond;
        for (int i = 0; i < near.length; i++) {
            if (isFirst(near, i)) {
                for (int shape = 0; shape < shapes; shape++) {
                    int number = number(near[i], shape);
                    if (query(number).matches(event)) {
                        matched.accept(number);
                    }
                }
            }
        }
    }

    private static boolean isFirst(int[] values, int at) {
        for (int i = 0; i < at; i++) {
            if (values[i] == values[at]) {
                return false;
            }
        }
        return true;
    }
}
