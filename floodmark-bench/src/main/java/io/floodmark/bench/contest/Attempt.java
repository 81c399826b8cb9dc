package io.floodmark.bench.contest;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import java.time.Duration;
import java.util.List;

/// The arguments of one append.
record Attempt(List<Event> events, AppendCondition condition, Duration timeout) {
    Attempt {
        events = List.copyOf(events);
    }
}
