package io.floodmark.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The limits of one call that every store keeps, checked here so that all stores refuse alike.
public final class AppendLimits {

    public static final int MAX_EVENTS = 1_000;
    public static final int MAX_BYTES = 16 * 1_024 * 1_024;
    public static final Duration MAX_TIMEOUT = Duration.ofDays(1);

    private AppendLimits() {}

    /// An immutable copy of the events.
    ///
    /// @throws IllegalArgumentException if they are more than [#MAX_EVENTS], or their payloads and
    ///   metadata more than [#MAX_BYTES]
    /// @throws DuplicateEventId if two of them have the same id
    public static List<Event> checked(List<Event> events) {
        Checks.atMost("events in one append", events, MAX_EVENTS);
        List<Event> copy = List.copyOf(events);
        long bytes = 0;
        Set<UUID> ids = new HashSet<>();
        for (Event event : copy) {
            bytes += event.payload().size() + event.metadata().size();
            if (!ids.add(event.id())) {
                throw DuplicateEventId.withinOneAppend(event.id());
            }
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "%d events with %d bytes of payload and metadata in one append, the limit is %d;"
                                    .formatted(copy.size(), bytes, MAX_BYTES)
                            + " append in parts");
        }
        return copy;
    }

    /// The timeout of any call in nanoseconds.
    ///
    /// @throws IllegalArgumentException unless it is 0 (already over) to [#MAX_TIMEOUT]
    public static long timeoutNanos(Duration timeout) {
        if (timeout.isNegative() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "The timeout is %s; it must be 0 to %s".formatted(timeout, MAX_TIMEOUT));
        }
        return timeout.toNanos();
    }
}
