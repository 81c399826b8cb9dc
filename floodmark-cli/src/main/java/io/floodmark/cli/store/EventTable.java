package io.floodmark.cli.store;

import io.floodmark.store.Event;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes events as lines for people: position, time, type, tags, and the beginning of the payload.
///
/// Characters that could steer a terminal are replaced. For one thread.
public final class EventTable {
    private static final int PAYLOAD_CHARS_MAX = 60;

    private final OutputStream to;

    /// A table on `to`, which is neither flushed nor closed.
    public EventTable(OutputStream to) {
        this.to = to;
    }

    /// Writes the heading.
    public void head() throws IOException {
        line("position", "occurred at", "type", "tags", "payload");
    }

    /// Writes one event.
    public void write(RecordedEvent recorded) throws IOException {
        Event event = recorded.event();
        String payload = event.payload().toString();
        line(
                Long.toString(recorded.position().value()),
                event.occurredAt().truncatedTo(ChronoUnit.MILLIS).toString(),
                event.type(),
                event.tags().stream().map(Tag::text).collect(Collectors.joining(" ")),
                payload.length() > PAYLOAD_CHARS_MAX
                        ? payload.substring(0, PAYLOAD_CHARS_MAX) + "…"
                        : payload);
    }

    private void line(String position, String time, String type, String tags, String payload)
            throws IOException {
        String line =
                String.format(
                        Locale.ROOT,
                        "%10s  %-24s  %-24s  %-32s  %s",
                        position,
                        time,
                        type,
                        tags,
                        payload);
        to.write(
                (line.replaceAll("\\p{Cntrl}", " ").stripTrailing() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
