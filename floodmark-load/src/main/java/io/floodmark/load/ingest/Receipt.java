package io.floodmark.load.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.floodmark.load.ingest.EventLedger.Note;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// What an answer says of the events of its request.
///
/// A short answer (`Prefer: return=minimal`) lists the events that were not taken; the others were.
///
/// @param ack level of the acknowledgement; empty when no event was looked at
/// @param notes one for each event
record Receipt(String ack, List<Note> notes) {

    Receipt {
        notes = List.copyOf(notes);
    }

    private static final JsonFactory JSON = new JsonFactory();

    /// Reads an answer to a request with so many events.
    ///
    /// @throws IOException when it is none that the API could give
    static Receipt read(HttpAnswer answer, int events) throws IOException {
        Reader reader = new Reader(events);
        Bytes body = answer.body();
        try (JsonParser json = JSON.createParser(body.array(), 0, body.length())) {
            reader.read(json);
        }
        if (!reader.receipt) {
            return new Receipt("", Collections.nCopies(events, ofProblem(answer.status())));
        }
        if (reader.received != events) {
            throw new IOException(
                    "%d events were sent, but the answer speaks of %d"
                            .formatted(events, reader.received));
        }
        return new Receipt(reader.ack, Arrays.asList(reader.notes));
    }

    /// Without a list nothing of the request was taken, or nobody knows.
    private static Note ofProblem(int status) throws IOException {
        return switch (status) {
            case HttpAnswer.OVER_QUOTA, HttpAnswer.OVERLOADED -> Note.NOT_TAKEN;
            case HttpAnswer.SERVER_ERROR, HttpAnswer.NO_OUTCOME -> Note.UNKNOWN;
            default -> {
                if (status < 400 || status > 499) {
                    throw new IOException("status %d without a receipt".formatted(status));
                }
                yield Note.REJECTED;
            }
        };
    }

    /// Reads one answer.
    private static final class Reader {
        private final Note[] notes;
        private String ack = "";
        private int received;
        private boolean receipt;
        private int index;

        Reader(int events) {
            this.notes = new Note[events];
            Arrays.fill(notes, Note.ACKNOWLEDGED);
        }

        private void read(JsonParser json) throws IOException {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token != JsonToken.FIELD_NAME) {
                    continue;
                }
                switch (json.currentName()) {
                    case "ack" -> ack = String.valueOf(json.nextTextValue());
                    case "received" -> {
                        received = json.nextIntValue(0);
                        receipt = true;
                    }
                    case "index" -> index = json.nextIntValue(0);
                    case "outcome" -> outcome(String.valueOf(json.nextTextValue()));
                    default -> {}
                }
            }
        }

        private void outcome(String outcome) throws IOException {
            Note note =
                    switch (outcome) {
                        case "stored", "queued" -> Note.ACKNOWLEDGED;
                        case "duplicate" -> Note.DUPLICATE;
                        case "rejected" -> Note.REJECTED;
                        case "not_taken" -> Note.NOT_TAKEN;
                        case "unknown" -> Note.UNKNOWN;
                        default -> throw new IOException("an unknown outcome: " + outcome);
                    };
            if (index < 0 || index >= notes.length) {
                throw new IOException(
                        "an outcome for event %d, which was not sent".formatted(index));
            }
            notes[index] = note;
        }
    }
}
