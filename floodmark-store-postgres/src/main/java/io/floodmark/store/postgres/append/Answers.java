package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Position;
import io.floodmark.store.StoreUnavailable;
import java.util.List;

/// Turns decisions and failures into outcomes for the callers.
final class Answers {
    private Answers() {}

    /// Answers each request with what was decided for it.
    static void give(List<PendingAppend> requests, List<Decision> decisions, long idsKnownFrom) {
        for (int i = 0; i < requests.size(); i++) {
            requests.get(i).complete(outcome(requests.get(i), decisions.get(i), idsKnownFrom));
        }
    }

    private static Outcome outcome(PendingAppend request, Decision decision, long idsKnownFrom) {
        return switch (decision) {
            case Decision.Accepted(long first) ->
                    appended(first, first + request.append().events().size() - 1, idsKnownFrom);
            case Decision.Repeated(long first, long last) -> {
                request.footprint().repeated();
                yield appended(first, last, idsKnownFrom);
            }
            case Decision.Blocked(TailEntry blocking) ->
                    new Outcome.Decided(
                            new AppendResult.Conflict(blocking.recorded()), idsKnownFrom);
            case Decision.Unsettled() -> new Outcome.Unsettled(request.maybeStored());
            case Decision.Expired() -> new Outcome.Failed(request::expired);
            case Decision.Broken(RuntimeException cause) ->
                    new Outcome.Failed(() ->
                            new IllegalStateException(
                                    "the condition could not be evaluated; nothing was"
                                            + " written",
                                    cause));
        };
    }

    private static Outcome appended(long first, long last, long idsKnownFrom) {
        var result = new AppendResult.Appended(Position.of(first), Position.of(last));
        return new Outcome.Decided(result, idsKnownFrom);
    }

    /// Fails those that have no outcome yet: as unknown if a commit with their events may have
    /// taken effect, as unavailable otherwise.
    static void fail(List<PendingAppend> requests, String what, Throwable cause) {
        for (PendingAppend request : requests) {
            if (!request.completed()) {
                request.complete(
                        request.maybeStored() ? unknown(what, cause) : unavailable(what, cause));
            }
        }
    }

    private static Outcome unknown(String what, Throwable cause) {
        return new Outcome.Failed(() ->
                new AppendOutcomeUnknown(
                        what
                                + "; it is unknown whether the events are stored, a retry"
                                + " with the same event ids is safe",
                        cause));
    }

    private static Outcome unavailable(String what, Throwable cause) {
        return new Outcome.Failed(
                () -> new StoreUnavailable(what + "; nothing was written, retry later", cause));
    }
}
