package io.floodmark.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The events of one read, in order of position, fetched as they are asked for. For one thread at a
/// time; to be closed by who opened it.
public interface EventStream extends Iterator<RecordedEvent>, AutoCloseable {

    /// The head of the log for which this read is complete: every covered event up to it is
    /// delivered, and none above it. Known from the opening on, also if nothing matches, and the
    /// right `after` of the append that follows.
    Position readUpTo();

    /// Frees what the stream holds; afterwards there is nothing next.
    @Override
    void close();

    /// The rest of the events, and closes the stream.
    ///
    /// @throws IllegalStateException if there are more than `limit`
    default List<RecordedEvent> toList(int limit) {
        try (this) {
            var events = new ArrayList<RecordedEvent>();
            while (hasNext()) {
                if (events.size() == limit) {
                    throw new IllegalStateException(
                            "The read has more than %d events; raise the limit or iterate"
                                    .formatted(limit));
                }
                events.add(next());
            }
            return List.copyOf(events);
        }
    }
}
