package io.floodmark.ingest.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Entry;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.metrics.IngestMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What became of all events of one request, and the status that says it best.
///
/// Success means that every event was taken. Otherwise the status tells what to do: 503 and 504
/// come back with everything, because ids tell duplicates; 4xx correct what is listed.
final class Receipt {
    private static final Duration SOON = Duration.ofSeconds(1);

    private AckLevel level;
    private final List<Entry> entries;
    private final List<Outcome> outcomes;
    private final Set<Rejection.Code> rejections = EnumSet.noneOf(Rejection.Code.class);
    private int stored;
    private int duplicates;
    private int queued;
    private int rejected;
    private int notTaken;
    private int unknown;

    /// The receipt of a request.
    ///
    /// @param level what being stored means; where events are queued, that is what the whole says
    /// @param outcomes one for each entry
    Receipt(AckLevel level, List<Entry> entries, List<Outcome> outcomes) {
        this.level = level;
        this.entries = entries;
        this.outcomes = outcomes;
        outcomes.forEach(this::count);
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Stored _ -> stored++;
            case Outcome.Duplicate _ -> duplicates++;
            case Outcome.Queued(AckLevel where) -> {
                queued++;
                level = where;
            }
            case Outcome.Rejected(Rejection rejection) -> {
                rejected++;
                rejections.add(rejection.code());
            }
            case Outcome.NotTaken _ -> notTaken++;
            case Outcome.Unknown _ -> unknown++;
        }
    }

    int status() {
        if (notTaken > 0) {
            return 503;
        }
        if (unknown > 0) {
            return 504;
        }
        if (rejected > 0) {
            return rejections.size() == 1 ? status(rejections.iterator().next()) : 422;
        }
        return queued > 0 ? 202 : 200;
    }

    private static int status(Rejection.Code code) {
        return switch (code) {
            case MALFORMED -> 400;
            case TOO_LARGE -> 413;
            case INVALID, POISON -> 422;
        };
    }

    Optional<Duration> retryAfter() {
        return notTaken + unknown > 0 ? Optional.of(SOON) : Optional.empty();
    }

    String message() {
        int taken = stored + duplicates + queued;
        return taken == entries.size()
                ? "%d of %d events taken".formatted(taken, taken)
                : "%d of %d events taken; %d rejected, %d not taken, %d unknown"
                        .formatted(taken, entries.size(), rejected, notTaken, unknown);
    }

    void count(IngestMetrics metrics) {
        metrics.acknowledged(level).increment(stored + duplicates + queued);
        metrics.outcome(new Outcome.Stored(), stored);
        metrics.outcome(new Outcome.Duplicate(), duplicates);
        metrics.outcome(new Outcome.Queued(level), queued);
        metrics.outcome(new Outcome.NotTaken(""), notTaken);
        metrics.outcome(new Outcome.Unknown(""), unknown);
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Rejected) {
                metrics.outcome(outcome, 1);
            }
        }
    }

    /// Writes the members of `data`.
    ///
    /// @param minimal whether events that were taken are left out of the list
    void write(JsonGenerator json, boolean minimal) throws IOException {
        json.writeStringField("ack", level.label());
        json.writeNumberField("received", entries.size());
        json.writeNumberField("stored", stored);
        json.writeNumberField("duplicates", duplicates);
        json.writeNumberField("queued", queued);
        json.writeNumberField("rejected", rejected);
        json.writeNumberField("not_taken", notTaken);
        json.writeNumberField("unknown", unknown);
        json.writeArrayFieldStart("events");
        for (int i = 0; i < entries.size(); i++) {
            write(json, i, minimal);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, int index, boolean minimal) throws IOException {
        Outcome outcome = outcomes.get(index);
        @Nullable String reason =
                switch (outcome) {
                    case Outcome.Stored _, Outcome.Duplicate _, Outcome.Queued _ -> null;
                    case Outcome.Rejected(Rejection rejection) -> rejection.reason();
                    case Outcome.NotTaken(String why) -> why;
                    case Outcome.Unknown(String why) -> why;
                };
        if (reason == null && minimal) {
            return;
        }
        json.writeStartObject();
        json.writeNumberField("index", index);
        if (entries.get(index) instanceof WireEvent event) {
            json.writeStringField("event_id", event.id());
        }
        json.writeStringField("outcome", outcome.label());
        if (reason != null) {
            problem(json, outcome, reason);
        }
        json.writeEndObject();
    }

    private static void problem(JsonGenerator json, Outcome outcome, String reason)
            throws IOException {
        boolean rejected = false;
        if (outcome instanceof Outcome.Rejected(Rejection rejection)) {
            json.writeStringField("code", rejection.code().label());
            json.writeStringField("pointer", rejection.pointer());
            json.writeNumberField("offset", rejection.offset());
            rejected = true;
        }
        json.writeStringField("reason", reason);
        json.writeBooleanField("retry", !rejected);
    }
}
