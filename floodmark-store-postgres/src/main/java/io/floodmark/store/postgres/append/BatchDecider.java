package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.postgres.schema.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Decides a batch, one request after the other, against the tail, to which it adds the events of
/// those that it accepts: so that each request sees the ones before it.
///
/// Stored ids come first: a retry gets its first answer, whatever was appended since.
final class BatchDecider {
    private final Tail tail;
    private final StoreLayout layout;

    BatchDecider(Tail tail, StoreLayout layout) {
        this.tail = tail;
        this.layout = layout;
    }

    /// The decisions, in the order of `requests`.
    List<Decision> decide(List<PendingAppend> requests) {
        var decisions = new ArrayList<Decision>(requests.size());
        for (PendingAppend request : requests) {
            Decision decision = decide(request);
            if (decision instanceof Decision.Accepted) {
                request.append().events().forEach(tail::add);
            }
            decisions.add(decision);
        }
        return decisions;
    }

    private Decision decide(PendingAppend request) {
        try {
            return switch (presence(request.append())) {
                case ALL_IN_ORDER -> repeated(request.append());
                case SOME -> new Decision.Unsettled();
                case NONE -> decideNew(request);
            };
        } catch (RuntimeException e) {
            return new Decision.Broken(e);
        }
    }

    private enum Presence {
        NONE,
        SOME,
        ALL_IN_ORDER
    }

    /// How many of the request's ids the tail holds.
    private Presence presence(EncodedAppend append) {
        int held = 0;
        boolean inOrder = true;
        long expected = 0;
        for (EncodedEvent event : append.events()) {
            OptionalLong position = tail.position(event.event().id());
            if (position.isPresent()) {
                inOrder &= held == 0 || position.getAsLong() == expected;
                expected = position.getAsLong() + 1;
                held++;
            }
        }
        if (held == 0) {
            return Presence.NONE;
        }
        return inOrder && held == append.events().size() ? Presence.ALL_IN_ORDER : Presence.SOME;
    }

    private Decision repeated(EncodedAppend append) {
        long first = tail.position(append.events().getFirst().event().id()).orElseThrow();
        return new Decision.Repeated(first, first + append.events().size() - 1);
    }

    private Decision decideNew(PendingAppend request) {
        boolean idsSettled = idsSettled(request);
        if (request.isExpired() && (idsSettled || !request.maybeStored())) {
            return new Decision.Expired();
        }
        if (!idsSettled || request.append().promotedRevision() != layout.promoted().revision()) {
            return new Decision.Unsettled();
        }
        return switch (request.append().condition()) {
            case AppendCondition.Unconditional() -> new Decision.Accepted(tail.last() + 1);
            case AppendCondition.FailIfMatch condition -> decide(request, condition);
        };
    }

    /// Whether no event before the tail can have the request's ids: its caller looked, or they
    /// would violate the unique index of the segment where they are to stand. That index says
    /// nothing of a request that is not stored after all, so that it must not be relied on when an
    /// earlier try may have stored its events.
    private boolean idsSettled(PendingAppend request) {
        long lastPosition = tail.last() + request.append().events().size();
        long unknownUpTo =
                request.maybeStored()
                        ? tail.first() - 1
                        : Math.min(tail.first(), layout.segmentStart(lastPosition)) - 1;
        return request.settled().idsTo() >= unknownUpTo;
    }

    private Decision decide(PendingAppend request, AppendCondition.FailIfMatch condition) {
        if (request.settled().conditionTo() < tail.first() - 1) {
            return new Decision.Unsettled();
        }
        return tail.firstMatch(
                        condition.query(), request.append().items(), condition.after().value())
                .<Decision>map(Decision.Blocked::new)
                .orElseGet(() -> new Decision.Accepted(tail.last() + 1));
    }
}
