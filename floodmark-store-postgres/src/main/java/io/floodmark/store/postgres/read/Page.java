package io.floodmark.store.postgres.read;

import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import java.util.List;

/// One page of a read.
///
/// @param head the head of the log when the page was read
/// @param events the events to deliver, in order
/// @param readUpTo everything up to it is in `events` or in pages before
/// @param bytes of payload and metadata of all candidates
/// @param candidates how many rows the server sent
record Page(
        Position head, List<RecordedEvent> events, Position readUpTo, long bytes, int candidates) {
    Page {
        events = List.copyOf(events);
    }
}
