package io.floodmark.store.postgres.append;

import io.floodmark.store.Event;
import java.util.List;

/// The events of a batch by column, as one statement takes them.
final class EventColumns {
    private final Long[] positions;
    private final String[] ids;
    private final String[] types;
    private final String[] tags;
    private final String[] payloads;
    private final String[] metadata;
    private final String[] occurredAt;
    private final Long[] tagHashes;
    private final Long[] tagPositions;
    private int row;
    private int tagRow;

    private EventColumns(int events, int tagRows) {
        positions = new Long[events];
        ids = new String[events];
        types = new String[events];
        tags = new String[events];
        payloads = new String[events];
        metadata = new String[events];
        occurredAt = new String[events];
        tagHashes = new Long[tagRows];
        tagPositions = new Long[tagRows];
    }

    /// The columns of all events of `appends`, the first one at `firstPosition`.
    static EventColumns of(long firstPosition, List<EncodedAppend> appends) {
        int events = 0;
        int tagRows = 0;
        for (EncodedAppend append : appends) {
            events += append.events().size();
            for (EncodedEvent event : append.events()) {
                tagRows += event.indexed().size();
            }
        }
        var columns = new EventColumns(events, tagRows);
        for (EncodedAppend append : appends) {
            append.events().forEach(event -> columns.add(firstPosition + columns.row, event));
        }
        return columns;
    }

    private void add(long position, EncodedEvent encoded) {
        Event event = encoded.event();
        positions[row] = position;
        ids[row] = event.id().toString();
        types[row] = event.type();
        tags[row] = encoded.tagsLiteral();
        payloads[row] = encoded.payload();
        metadata[row] = encoded.metadata();
        occurredAt[row] = event.occurredAt().toString();
        row++;
        for (int i = 0; i < encoded.indexed().size(); i++) {
            tagHashes[tagRow] = encoded.indexed().at(i);
            tagPositions[tagRow] = position;
            tagRow++;
        }
    }

    Long[] positions() {
        return positions;
    }

    String[] ids() {
        return ids;
    }

    String[] types() {
        return types;
    }

    String[] tags() {
        return tags;
    }

    String[] payloads() {
        return payloads;
    }

    String[] metadata() {
        return metadata;
    }

    String[] occurredAt() {
        return occurredAt;
    }

    Long[] tagHashes() {
        return tagHashes;
    }

    Long[] tagPositions() {
        return tagPositions;
    }
}
