package io.floodmark.load.ingest;

import java.util.List;

/// What is known of every event that was sent, one byte each, by lane and number.
///
/// An event is noted before it is sent, and only an answer changes the note: whatever else becomes
/// of it, it may be stored, or may still be.
///
/// *Threads.* Any; guarded by itself, for as long as it takes to write the notes of one request.
final class EventLedger {

    /// Most events of a lane of which it can keep a note, in 128 MiB; later ones are passed over by
    /// the check, which says so.
    static final long EVENTS_MAX = 1L << 27;

    private static final int PAGE = 1 << 16;
    private static final int NOTE_BITS = 7;
    private static final byte SEEN = 8;
    private static final byte WRITTEN = 16;
    private static final Note[] NOTES = Note.values();

    private final byte[][][] pages = new byte[Lane.COUNT][(int) (EVENTS_MAX / PAGE)][];
    private final long[] counts = new long[NOTES.length];
    private long passedOver;
    private boolean frozen;

    /// What an answer said of an event.
    enum Note {
        /// Never sent.
        NONE(0),
        /// Sent; no answer said what became of it.
        UNKNOWN(1),
        /// Acknowledged.
        ACKNOWLEDGED(2),
        /// The service took it for one that was there already, which is an acknowledgement, too.
        DUPLICATE(3),
        /// The service does not take it.
        REJECTED(4),
        /// The service could not take it now.
        NOT_TAKEN(5);

        private final int code;

        Note(int code) {
            this.code = code;
        }

        /// Its number, of three bits.
        int code() {
            return code;
        }
    }

    /// To be called before events `from` to `from + count - 1` are sent.
    synchronized void sent(Lane lane, long from, int count) {
        for (long number = from; number < from + count; number++) {
            if (number >= EVENTS_MAX) {
                passedOver++;
            } else if (note(lane, number) == Note.NONE) {
                note(lane, number, (byte) Note.UNKNOWN.code());
                counts[Note.UNKNOWN.code()]++;
            }
        }
    }

    /// Notes what the answer to a request says of its events, in their order.
    synchronized void answered(Lane lane, long from, List<Note> notes) {
        long number = from;
        for (Note note : notes) {
            if (!frozen && number < EVENTS_MAX) {
                counts[note(lane, number).code()]--;
                counts[note.code()]++;
                note(lane, number, (byte) note.code());
            }
            number++;
        }
    }

    /// From now on an answer comes too late to count: its events stay unknown. So what is looked
    /// for is fixed before the looking begins.
    synchronized void freeze() {
        frozen = true;
    }

    /// The note on an event.
    synchronized Note note(Lane lane, long number) {
        return NOTES[raw(lane, number) & NOTE_BITS];
    }

    /// Remembers that an event is stored.
    ///
    /// @return whether it was seen before
    synchronized boolean seen(Lane lane, long number) {
        byte raw = raw(lane, number);
        if (raw != 0) {
            note(lane, number, (byte) (raw | SEEN));
        }
        return (raw & SEEN) != 0;
    }

    private byte raw(Lane lane, long number) {
        if (number >= EVENTS_MAX) {
            return 0;
        }
        byte[] page = pages[lane.code()][(int) (number / PAGE)];
        return page == null ? 0 : page[(int) (number % PAGE)];
    }

    private void note(Lane lane, long number, byte raw) {
        byte[][] ofLane = pages[lane.code()];
        int page = (int) (number / PAGE);
        if (ofLane[page] == null) {
            ofLane[page] = new byte[PAGE];
        }
        ofLane[page][(int) (number % PAGE)] = raw;
    }

    synchronized long count(Note note) {
        return counts[note.code()];
    }

    synchronized long acknowledged() {
        return count(Note.ACKNOWLEDGED) + count(Note.DUPLICATE);
    }

    /// Events beyond [#EVENTS_MAX].
    synchronized long passedOver() {
        return passedOver;
    }

    /// Remembers that the acknowledged ones among these events are in the file of acknowledged ids.
    synchronized void written(Lane lane, long from, List<Note> notes) {
        long number = from;
        for (Note note : notes) {
            if (isAcknowledged(note) && number < EVENTS_MAX) {
                note(lane, number, (byte) (raw(lane, number) | WRITTEN));
            }
            number++;
        }
    }

    private static boolean isAcknowledged(Note note) {
        return note == Note.ACKNOWLEDGED || note == Note.DUPLICATE;
    }

    /// Takes the numbers of acknowledged events.
    interface Acknowledged {
        void event(Lane lane, long number) throws java.io.IOException;
    }

    /// Tells of every acknowledged event that is not in the file, lane by lane.
    synchronized void forEachUnwritten(Acknowledged taker) throws java.io.IOException {
        for (Lane lane : Lane.values()) {
            for (int page = 0; page < pages[lane.code()].length; page++) {
                if (pages[lane.code()][page] != null) {
                    tell(lane, (long) page * PAGE, taker);
                }
            }
        }
    }

    private void tell(Lane lane, long first, Acknowledged taker) throws java.io.IOException {
        for (long number = first; number < first + PAGE; number++) {
            if (isAcknowledged(note(lane, number)) && (raw(lane, number) & WRITTEN) == 0) {
                taker.event(lane, number);
            }
        }
    }
}
