package io.floodmark.ingest.http;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Entry;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.metrics.IngestMetrics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What became of all events of one request, and the status that says it best.
///
/// Success means that every event was taken. Otherwise the status tells what to do: 503 and 504
/// come back with everything, because ids tell duplicates; 4xx correct what is listed.
final class Receipt {
    private static final Duration SOON = Duration.ofSeconds(1);

    /// About what an event that was taken comes to in the list.
    private static final int EVENT_BYTES = 96;

    private static final byte[] INDEX = JsonBytes.encoded("{\"index\":");
    private static final byte[] EVENT_ID = JsonBytes.encoded(",\"event_id\":");
    private static final byte[] STORED = outcome("stored");
    private static final byte[] DUPLICATE = outcome("duplicate");
    private static final byte[] QUEUED = outcome("queued");
    private static final byte[] REJECTED = outcome("rejected");
    private static final byte[] NOT_TAKEN = outcome("not_taken");
    private static final byte[] UNKNOWN = outcome("unknown");

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
    void write(JsonBytes json, boolean minimal) {
        json.text("ack", level.label());
        json.number("received", entries.size());
        json.number("stored", stored);
        json.number("duplicates", duplicates);
        json.number("queued", queued);
        json.number("rejected", rejected);
        json.number("not_taken", notTaken);
        json.number("unknown", unknown);
        json.array("events");
        json.room(minimal ? 0 : entries.size() * EVENT_BYTES);
        for (int i = 0; i < entries.size(); i++) {
            if (!minimal || !isTaken(outcomes.get(i))) {
                write(json, i);
            }
        }
        json.endArray();
    }

    private static boolean isTaken(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored _, Outcome.Duplicate _, Outcome.Queued _ -> true;
            case Outcome.Rejected _, Outcome.NotTaken _, Outcome.Unknown _ -> false;
        };
    }

    private void write(JsonBytes json, int index) {
        json.separate().fixed(INDEX).number(index);
        if (entries.get(index) instanceof WireEvent event) {
            json.fixed(EVENT_ID).text(event.id());
        }
        switch (outcomes.get(index)) {
            case Outcome.Stored _ -> json.fixed(STORED);
            case Outcome.Duplicate _ -> json.fixed(DUPLICATE);
            case Outcome.Queued _ -> json.fixed(QUEUED);
            case Outcome.Rejected(Rejection why) ->
                    json.fixed(REJECTED)
                            .text("code", why.code().label())
                            .text("pointer", why.pointer())
                            .number("offset", why.offset())
                            .text("reason", why.reason())
                            .flag("retry", false);
            case Outcome.NotTaken(String why) ->
                    json.fixed(NOT_TAKEN).text("reason", why).flag("retry", true);
            case Outcome.Unknown(String why) ->
                    json.fixed(UNKNOWN).text("reason", why).flag("retry", true);
        }
        json.endObject();
    }

    private static byte[] outcome(String label) {
        return JsonBytes.encoded(",\"outcome\":\"" + label + '"');
    }
}
