package io.floodmark.cli.store;

import io.floodmark.store.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;

/// Where a command puts events one by one.
@FunctionalInterface
public interface EventOutput {

    /// Takes one event.
    void write(RecordedEvent event) throws IOException;

    /// Lines of JSON, or a table with its heading.
    static EventOutput of(boolean json, OutputStream to) throws IOException {
        if (json) {
            return new EventLineWriter(to)::write;
        }
        EventTable table = new EventTable(to);
        table.head();
        return table::write;
    }
}
