package io.floodmark.store.memory;

import io.floodmark.store.Consistency;
import io.floodmark.store.Position;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How the calls of the store's parts take their turn.
///
/// @param nanos the timer of the deadlines
record Calls(OneLock lock, MemoryLog log, LongSupplier nanos) {

    /// For calls that carry no timeout of their own; they only wait for their turn.
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(10);

    Deadline deadline(String call, Duration timeout) {
        return new Deadline(call, timeout, nanos);
    }

    <T> T alone(String call, Supplier<T> work) {
        return lock.alone(deadline(call, TURN_TIMEOUT), work);
    }

    /// Does the work alone, as soon as the log is as fresh as asked.
    <T> T whenSeen(Consistency consistency, Deadline deadline, Supplier<T> work) {
        Position wanted = wanted(consistency);
        return lock.alone(
                deadline,
                () -> {
                    if (lock.repeat(log::head, head -> !head.isBefore(wanted), deadline)
                            .isBefore(wanted)) {
                        throw deadline.exceeded();
                    }
                    return work.get();
                });
    }

    private static Position wanted(Consistency consistency) {
        return switch (consistency) {
            case Consistency.Strong(), Consistency.Eventual() -> Position.START;
            case Consistency.AtLeast(Position position) -> position;
        };
    }
}
