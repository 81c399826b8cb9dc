package io.floodmark.cli.store;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendLimits;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Appends events from lines to a store, in their order, in batches of which each is stored as a
/// whole.
///
/// Ids make it repeatable: what is stored already is left as it is, so that an import that broke
/// off is continued by starting it again. For one thread, once.
public final class Importer {
    private static final int BATCH_BYTES_MAX = AppendLimits.MAX_BYTES / 2;

    private final EventStore store;
    private final Duration timeout;
    private final Progress progress;
    private final BooleanSupplier stop;
    private final List<EventLine> batch = new ArrayList<>();
    private long batchBytes;
    private long lastPosition;
    private long newestStored;
    private long lines;
    private long stored;
    private long present;
    private long moved;

    /// @param timeout for each append
    /// @param stop asked before each batch; true ends the work in order
    public Importer(EventStore store, Duration timeout, Progress progress, BooleanSupplier stop) {
        this.store = store;
        this.timeout = timeout;
        this.progress = progress;
        this.stop = stop;
    }

    /// What came of it.
    ///
    /// @param lines events read
    /// @param stored of these, new in the store
    /// @param present of these, there before
    /// @param moved of these, at another position than their line says
    /// @param bad the line that ended it, if one did; all before it is stored
    /// @param stopped whether it was stopped before the end
    public record Result(
            long lines,
            long stored,
            long present,
            long moved,
            Optional<BadLine> bad,
            boolean stopped) {}

    /// Imports all lines up to the first bad one.
    ///
    /// @param total length in bytes, when known
    public Result run(Lines from, OptionalLong total) throws IOException {
        newestStored = store.head(Consistency.strong()).value();
        Optional<BadLine> bad = Optional.empty();
        try {
            Optional<Lines.Line> line = from.next();
            while (line.isPresent() && !stop.getAsBoolean()) {
                add(line.get());
                progress.at(lines, from.bytesRead(), total);
                line = from.next();
            }
        } catch (BadLine e) {
            bad = Optional.of(e);
        }
        boolean stopped = stop.getAsBoolean();
        if (!stopped) {
            flush();
        }
        return new Result(stored + present, stored, present, moved, bad, stopped);
    }

    private void add(Lines.Line line) {
        EventLine event = LineCheck.imported(line, lastPosition);
        lastPosition = event.position().orElse(lastPosition);
        long bytes = (long) event.event().payload().size() + event.event().metadata().size();
        if (batch.size() == AppendLimits.MAX_EVENTS || batchBytes + bytes > BATCH_BYTES_MAX) {
            flush();
        }
        batch.add(event);
        batchBytes += bytes;
        lines++;
    }

    private void flush() {
        append(batch);
        batch.clear();
        batchBytes = 0;
    }

    /// Some of the events may be there and others not, when batches were cut elsewhere before: then
    /// halves are tried, down to single events, which always can be repeated.
    private void append(List<EventLine> part) {
        if (part.isEmpty()) {
            return;
        }
        List<Event> events = part.stream().map(EventLine::event).toList();
        try {
            count(part, store.append(events, AppendCondition.none(), timeout));
        } catch (DuplicateEventId e) {
            if (part.size() == 1) {
                throw e;
            }
            append(part.subList(0, part.size() / 2));
            append(part.subList(part.size() / 2, part.size()));
        }
    }

    private void count(List<EventLine> part, AppendResult result) {
        switch (result) {
            case AppendResult.Appended(var first, var last) -> {
                if (first.value() > newestStored) {
                    stored += part.size();
                    newestStored = last.value();
                } else {
                    present += part.size();
                }
                for (int index = 0; index < part.size(); index++) {
                    long position = first.value() + index;
                    moved += part.get(index).position().orElse(position) == position ? 0 : 1;
                }
            }
            case AppendResult.Conflict _, AppendResult.NothingToAppend _ ->
                    throw new IllegalStateException("an append without condition gave " + result);
        }
    }
}
