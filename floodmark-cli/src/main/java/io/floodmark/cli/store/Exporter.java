package io.floodmark.cli.store;

import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Writes events of a store as lines, as many as there are when it begins.
///
/// For one thread.
///
/// @param timeout for each wait for the store
/// @param stop asked after each event; true ends the work in order
public record Exporter(
        EventStore store, Duration timeout, Progress progress, BooleanSupplier stop) {

    /// What came of it.
    ///
    /// @param events written
    /// @param last the position of the last one; of the bound after which it began, when none
    /// @param readUpTo the head of the log when it began
    /// @param stopped whether it was stopped before the end
    public record Result(long events, Position last, Position readUpTo, boolean stopped) {}

    /// Writes all events that `request` covers, or fewer when stopped.
    ///
    /// @param to is flushed at the end, and not closed
    /// @param limit most events
    public Result run(ReadRequest request, long limit, OutputStream to) throws IOException {
        EventLineWriter lines = new EventLineWriter(to);
        Position start =
                request.bounds() instanceof ReadBounds.After(Position position)
                        ? position
                        : Position.START;
        Position last = start;
        long count = 0;
        try (EventStream events = store.read(request, timeout)) {
            long span = events.readUpTo().value() - start.value();
            while (count < limit && !stop.getAsBoolean() && events.hasNext()) {
                RecordedEvent event = events.next();
                lines.write(event);
                last = event.position();
                count++;
                progress.at(count, last.value() - start.value(), OptionalLong.of(span));
            }
            boolean stopped = count < limit && stop.getAsBoolean() && events.hasNext();
            return new Result(count, last, events.readUpTo(), stopped);
        } finally {
            to.flush();
        }
    }
}
