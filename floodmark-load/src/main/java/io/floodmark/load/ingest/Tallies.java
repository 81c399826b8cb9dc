package io.floodmark.load.ingest;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// What became of events and requests, in numbers. *Threads.* Any.
final class Tallies {

    private final LongAdder sent = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder overQuota = new LongAdder();
    private final LongAdder overloaded = new LongAdder();
    private final LongAdder wronglyTaken = new LongAdder();
    private final LongAdder wronglyRejected = new LongAdder();
    private final LongAdder[] notes = new LongAdder[EventLedger.Note.values().length];

    Tallies() {
        for (int i = 0; i < notes.length; i++) {
            notes[i] = new LongAdder();
        }
    }

    void sent(int events) {
        sent.add(events);
    }

    /// An answer said what became of an event.
    void noted(EventLedger.Note note) {
        notes[note.code()].increment();
    }

    void acknowledged(long bodyBytes) {
        bytes.add(bodyBytes);
    }

    /// A request was sent once more, because the service had closed the connection meanwhile.
    void retried() {
        retried.increment();
    }

    /// No answer came to a request with so many events.
    void unanswered(int events) {
        unanswered.add(events);
    }

    /// Counts answers that ask to come back later.
    void status(int status) {
        if (status == HttpAnswer.OVER_QUOTA) {
            overQuota.increment();
        } else if (status == HttpAnswer.OVERLOADED) {
            overloaded.increment();
        }
    }

    void wronglyTaken() {
        wronglyTaken.increment();
    }

    void wronglyRejected() {
        wronglyRejected.increment();
    }

    long takenAlthoughInvalid() {
        return wronglyTaken.sum();
    }

    long rejectedAlthoughValid() {
        return wronglyRejected.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /// `events_sent` is the sum of the other events, apart from those under way.
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (EventLedger.Note note : EventLedger.Note.values()) {
            if (note != EventLedger.Note.NONE) {
                counts.put(
                        "events_" + note.name().toLowerCase(Locale.ROOT), notes[note.code()].sum());
            }
        }
        counts.merge("events_unknown", unanswered.sum(), Long::sum);
        counts.put("events_sent", sent.sum());
        counts.put("answers_429", overQuota.sum());
        counts.put("answers_503", overloaded.sum());
        counts.put("requests_retried", retried.sum());
        return counts;
    }
}
