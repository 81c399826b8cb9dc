package io.floodmark.store.postgres.append;

import io.floodmark.store.TimeAndChance;
import io.floodmark.store.postgres.schema.AppendSettings;
import io.floodmark.store.postgres.session.Deadline;
import java.time.Duration;

/// The bounds of the append engine.
///
/// @param queue what may wait; one more request is refused at once
/// @param batch what one commit may carry; a single request may exceed it alone
/// @param tail what is remembered of the newest events
/// @param patience how long the engine waits for the server
record EngineLimits(Queue queue, Batch batch, Tail tail, Patience patience) {
    private static final long QUEUE_BYTES_MAX = 64L << 20;
    private static final int BATCH_REQUESTS_MAX = 512;
    private static final long BATCH_BYTES_MAX = 8L << 20;
    private static final int CATCH_UP_EVENTS_MAX = 10_000;
    private static final Duration STATEMENT = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /// The limits that follow from a store's settings.
    static EngineLimits of(AppendSettings settings) {
        return new EngineLimits(
                new Queue(settings.queueRequestsMax(), QUEUE_BYTES_MAX),
                new Batch(BATCH_REQUESTS_MAX, settings.batchEventsMax(), BATCH_BYTES_MAX),
                new Tail(settings.tailEventsMax(), settings.tailBytesMax(), CATCH_UP_EVENTS_MAX),
                new Patience(STATEMENT, settings.resolveTimeout(), DRAIN));
    }

    /// The same with another tail.
    EngineLimits with(Tail other) {
        return new EngineLimits(queue, batch, other, patience);
    }

    /// The same with another queue.
    EngineLimits with(Queue other) {
        return new EngineLimits(other, batch, tail, patience);
    }

    /// The same with another patience.
    EngineLimits with(Patience other) {
        return new EngineLimits(queue, batch, tail, other);
    }

    /// What may wait for the writer.
    record Queue(int requestsMax, long bytesMax) {
        /// Checks the bounds.
        Queue {
            atLeast("queue.requestsMax", requestsMax, 1);
            atLeast("queue.bytesMax", bytesMax, 1);
        }
    }

    /// What one commit may carry.
    record Batch(int requestsMax, int eventsMax, long bytesMax) {
        /// Checks the bounds.
        Batch {
            atLeast("batch.requestsMax", requestsMax, 1);
            atLeast("batch.eventsMax", eventsMax, 1);
            atLeast("batch.bytesMax", bytesMax, 1);
        }
    }

    /// What is remembered of the newest events.
    ///
    /// @param catchUpEventsMax how many events of other processes are read into the tail; when more
    ///   are missing it starts empty at the head
    record Tail(int eventsMax, long bytesMax, int catchUpEventsMax) {
        /// Checks the bounds.
        Tail {
            atLeast("tail.eventsMax", eventsMax, 1);
            atLeast("tail.bytesMax", bytesMax, 1);
            atLeast("tail.catchUpEventsMax", catchUpEventsMax, 0);
        }
    }

    /// How long the engine waits for the server.
    ///
    /// @param statement for one statement, a commit included
    /// @param resolve to find out what became of a commit whose connection was lost
    /// @param drain at close, for the requests that still wait
    record Patience(Duration statement, Duration resolve, Duration drain) {
        /// Checks the durations.
        Patience {
            atLeast("patience.statement in ms", statement.toMillis(), 10);
            atLeast("patience.resolve in ms", resolve.toMillis(), 10);
            atLeast("patience.drain in ms", drain.toMillis(), 0);
        }

        /// The longest that a caller whose request was claimed waits for its outcome: tries in
        /// optimistic and in locked mode, each followed by a resolution.
        Deadline claimed() {
            return Deadline.in(
                    statement.multipliedBy(4).plus(resolve.multipliedBy(2)),
                    TimeAndChance.system().nanos());
        }
    }

    private static void atLeast(String name, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(
                    "%s must be at least %d, was %d".formatted(name, min, value));
        }
    }
}
