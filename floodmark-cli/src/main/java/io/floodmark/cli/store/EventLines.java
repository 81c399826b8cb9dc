package io.floodmark.cli.store;

import io.floodmark.store.Event;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Few events from lines, all in memory.
public final class EventLines {
    private EventLines() {}

    /// All events of a stream.
    ///
    /// @param max most events
    /// @throws BadLine when a line is no event, or there are more
    public static List<Event> read(InputStream from, int max) throws IOException {
        Lines lines = new Lines(from);
        List<Event> events = new ArrayList<>();
        Optional<Lines.Line> line = lines.next();
        for (; line.isPresent(); line = lines.next()) {
            if (events.size() == max) {
                throw new BadLine(
                        line.get().number(),
                        "more than %d events cannot be appended as one; use import".formatted(max));
            }
            events.add(line.get().event().event());
        }
        return List.copyOf(events);
    }
}
