package io.floodmark.store.postgres.observe;

import io.floodmark.store.AppendResult;
import io.floodmark.store.Delivery;
import io.floodmark.store.Event;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.SaveResult;
import io.floodmark.store.observe.AnsweredBy;
import io.floodmark.store.observe.Outcome;
import java.util.List;
import java.util.Optional;

/// What a listener is told of the results of a store.
public final class Tellings {
    private Tellings() {}

    /// Of an append of these events.
    public static Outcome appended(AppendResult result, List<Event> events, Footprint footprint) {
        return switch (result) {
            case AppendResult.NothingToAppend() -> new Outcome.Nothing();
            case AppendResult.Conflict(RecordedEvent blocking) -> {
                footprint.answeredBy(AnsweredBy.PRIMARY);
                yield new Outcome.Conflict(blocking.position());
            }
            case AppendResult.Appended(var first, var last) -> {
                footprint.answeredBy(AnsweredBy.PRIMARY);
                if (footprint instanceof CallFootprint call && call.isRepeated()) {
                    yield new Outcome.Repeated(first, last);
                }
                footprint.moved(events.size(), bytes(events));
                yield new Outcome.Appended(first, last);
            }
        };
    }

    /// Of anything that is simply done, by whom its work has noted.
    public static <T> Outcome done(T result, Footprint footprint) {
        return new Outcome.Done();
    }

    static <T> Outcome doneByPrimary(T result, Footprint footprint) {
        footprint.answeredBy(AnsweredBy.PRIMARY);
        return new Outcome.Done();
    }

    static Outcome saved(SaveResult result, Footprint footprint) {
        footprint.answeredBy(AnsweredBy.PRIMARY);
        return switch (result) {
            case SaveResult.Saved() -> new Outcome.Done();
            case SaveResult.Superseded(var stored) -> new Outcome.Superseded(stored);
        };
    }

    static Outcome deleted(boolean any, Footprint footprint) {
        footprint.answeredBy(AnsweredBy.PRIMARY);
        return any ? new Outcome.Done() : new Outcome.Nothing();
    }

    static Outcome found(Optional<?> result, Footprint footprint) {
        return result.isPresent() ? new Outcome.Done() : new Outcome.Nothing();
    }

    static Outcome foundByPrimary(Optional<?> result, Footprint footprint) {
        footprint.answeredBy(AnsweredBy.PRIMARY);
        return found(result, footprint);
    }

    static Outcome delivered(Delivery delivery, Footprint footprint) {
        footprint.answeredBy(AnsweredBy.PRIMARY);
        List<Event> events = delivery.events().stream().map(RecordedEvent::event).toList();
        footprint.moved(events.size(), bytes(events));
        return events.isEmpty() ? new Outcome.Nothing() : new Outcome.Done();
    }

    private static long bytes(List<Event> events) {
        long bytes = 0;
        for (Event event : events) {
            bytes += event.payload().size() + event.metadata().size();
        }
        return bytes;
    }
}
