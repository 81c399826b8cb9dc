package io.floodmark.cli.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks for bad lines before anything is imported.
///
/// @param events good lines
/// @param bad the first bad lines, at most [#NAMED_MAX]
/// @param badCount all bad lines
public record LineCheck(long events, List<BadLine> bad, long badCount) {
    /// Most bad lines that are named.
    public static final int NAMED_MAX = 20;

    /// Copies the list.
    public LineCheck {
        bad = List.copyOf(bad);
    }

    /// Checks all lines.
    public static LineCheck of(Lines from) throws IOException {
        List<BadLine> bad = new ArrayList<>();
        long badCount = 0;
        long good = 0;
        long lastPosition = 0;
        while (true) {
            try {
                Optional<Lines.Line> line = from.next();
                if (line.isEmpty()) {
                    return new LineCheck(good, bad, badCount);
                }
                lastPosition = imported(line.get(), lastPosition).position().orElse(lastPosition);
                good++;
            } catch (BadLine e) {
                badCount++;
                if (bad.size() < NAMED_MAX) {
                    bad.add(e);
                }
            }
        }
    }

    /// The event of a line that can be imported: it has an id, which makes the import repeatable,
    /// and its position, if it has one, is above that of the line before.
    static EventLine imported(Lines.Line line, long lastPosition) {
        EventLine event = line.event();
        if (!event.hasId()) {
            throw new BadLine(
                    line.number(),
                    "\"id\" is missing; without it a repeated import would store the event twice");
        }
        if (event.position().orElse(Long.MAX_VALUE) <= lastPosition) {
            throw new BadLine(
                    line.number(),
                    "position %d is not above %d, that of an earlier line; the events are out of order"
                            .formatted(event.position().orElseThrow(), lastPosition));
        }
        return event;
    }
}
