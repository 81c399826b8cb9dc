package io.floodmark.ingest;

import java.util.Locale;

/// What became of one event. Each event of each request has exactly one.
public sealed interface Outcome {

    /// It is there, as durable as the level of the acknowledgement says.
    record Stored() implements Outcome {}

    /// An event with its id was there already; this one was not stored again.
    record Duplicate() implements Outcome {}

    /// It is checked and waits for the sink, in memory or in the journal.
    ///
    /// @param level `MEMORY` or `DISK`
    record Queued(AckLevel level) implements Outcome {}

    /// It can never be taken as it is.
    record Rejected(Rejection rejection) implements Outcome {}

    /// It was not stored, and may be sent again.
    record NotTaken(String reason) implements Outcome {}

    /// Nobody knows whether it was stored; it may be sent again, because its id tells duplicates.
    record Unknown(String reason) implements Outcome {}

    /// As in answers and metrics.
    default String label() {
        return switch (this) {
            case NotTaken _ -> "not_taken";
            case Stored _, Duplicate _, Queued _, Rejected _, Unknown _ ->
                    getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }
}
