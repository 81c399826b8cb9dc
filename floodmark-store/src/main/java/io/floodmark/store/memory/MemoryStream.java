package io.floodmark.store.memory;

import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// A read that is complete already. For one thread at a time.
final class MemoryStream implements EventStream {

    private final Position readUpTo;
    private Iterator<RecordedEvent> rest;

    MemoryStream(List<RecordedEvent> events, Position readUpTo) {
        this.readUpTo = readUpTo;
        rest = events.iterator();
    }

    @Override
    public Position readUpTo() {
        return readUpTo;
    }

    @Override
    public boolean hasNext() {
        return rest.hasNext();
    }

    @Override
    public RecordedEvent next() {
        return rest.next();
    }

    @Override
    public void close() {
        rest = Collections.emptyIterator();
    }
}
