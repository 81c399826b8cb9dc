package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.SubscriptionSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the consumers of one subscription were given, in the order in which they were given it, and
/// what was surely done before. *Threads:* for all.
final class Handled {
    private final SubscriptionSpec spec;
    private final List<Given> given = new ArrayList<>();
    private Position done;

    Handled(SubscriptionSpec spec) {
        this.spec = spec;
        this.done = spec.startAfter();
    }

    /// A delivery.
    ///
    /// @param done all up to it was acknowledged before the delivery was asked for
    private record Given(Position done, List<Seen> events) {}

    private record Seen(Position position, UUID id) {}

    SubscriptionSpec spec() {
        return spec;
    }

    /// Up to where all is surely done now.
    synchronized Position done() {
        return done;
    }

    /// All up to here is surely done.
    synchronized void done(Position position) {
        done = position.isAfter(done) ? position : done;
    }

    synchronized void gave(Position doneBefore, List<RecordedEvent> events) {
        given.add(
                new Given(
                        doneBefore,
                        events.stream()
                                .map(it -> new Seen(it.position(), it.event().id()))
                                .toList()));
    }

    /// What is wrong with it, beside the log as it became: events left out, out of order, invented,
    /// or given again after they were done.
    synchronized List<String> violations(List<RecordedEvent> log) {
        var wrong = new ArrayList<String>();
        Map<Integer, Partition> partitions = partitions(log);
        for (Given delivery : given) {
            Position last = Position.START;
            for (Seen event : delivery.events()) {
                if (!event.position().isAfter(last)) {
                    wrong.add("%s after %s in one delivery".formatted(event, last));
                }
                last = event.position();
                if (!event.position().isAfter(delivery.done())) {
                    wrong.add("%s again, done up to %s".formatted(event, delivery.done()));
                }
                partitions.values().stream()
                        .filter(it -> it.holds(event))
                        .findFirst()
                        .ifPresentOrElse(
                                it -> it.take(event, wrong),
                                () ->
                                        wrong.add(
                                                event
                                                        + " is not in the log for this subscription"));
            }
        }
        partitions.values().forEach(it -> it.end(wrong));
        return wrong.stream().map(it -> spec.name() + ": " + it).toList();
    }

    private Map<Integer, Partition> partitions(List<RecordedEvent> log) {
        Map<Integer, Partition> partitions = new HashMap<>();
        for (RecordedEvent event : log) {
            if (event.position().isAfter(spec.startAfter())
                    && spec.query().matches(event.event())) {
                partitions
                        .computeIfAbsent(
                                spec.sharing().partitionOf(event.event()), _ -> new Partition())
                        .add(event);
            }
        }
        return partitions;
    }

    /// The events of one partition as they stand in the log, and how many of them were given.
    private static final class Partition {
        private final List<Seen> events = new ArrayList<>();
        private final Map<Seen, Integer> places = new HashMap<>();
        private int next;

        void add(RecordedEvent event) {
            var seen = new Seen(event.position(), event.event().id());
            places.put(seen, events.size());
            events.add(seen);
        }

        boolean holds(Seen event) {
            return places.containsKey(event);
        }

        void take(Seen event, List<String> wrong) {
            int place = places.getOrDefault(event, 0);
            if (place > next) {
                wrong.add("%s although %s was not given".formatted(event, events.get(next)));
            }
            next = Math.max(next, place + 1);
        }

        void end(List<String> wrong) {
            if (next < events.size()) {
                wrong.add(
                        "%d events were never given, first %s"
                                .formatted(events.size() - next, events.get(next)));
            }
        }
    }
}
