package io.floodmark.load.events;

import io.floodmark.store.Position;

/// What is known of the event that each operation appended, in one number of 64 bits by operation.
///
/// An append is noted before it is sent, and only an acknowledgement, or the store's word that
/// nothing was written, changes the note: whatever else becomes of it, it may be in the log.
///
/// *Threads.* Any; guarded by itself, for as long as it takes to write a number.
final class AppendLedger {

    /// Most operations of which it can keep a note, in 256 MiB; events of later ones are passed
    /// over by the check, which says so.
    static final long OPERATIONS_MAX = 1L << 25;

    private static final int PAGE = 1 << 16;

    private static final int SENT = 1;
    private static final int ACKNOWLEDGED = 2;
    private static final int STATE_BITS = 2;
    private static final int STATE_MASK = (1 << STATE_BITS) - 1;
    private static final int SEEN = 1 << STATE_BITS;
    private static final int ATTEMPT_SHIFT = STATE_BITS + 1;
    private static final int ATTEMPT_MASK = EventIdCode.ATTEMPT_MAX;
    private static final int POSITION_SHIFT = ATTEMPT_SHIFT + 8;

    private final long[][] pages = new long[(int) (OPERATIONS_MAX / PAGE)][];
    private long acknowledged;
    private long unknown;
    private long passedOver;
    private boolean frozen;

    /// What a note says of one event in the log.
    enum Finding {
        /// It was acknowledged, at this position.
        EXPECTED,
        /// It was acknowledged, at another position.
        MISPLACED,
        /// Nobody learnt what became of it.
        UNKNOWN,
        /// The same id was there before.
        AGAIN,
        /// The store said that it was not written.
        DENIED,
        /// Its operation is beyond [#OPERATIONS_MAX].
        PASSED_OVER
    }

    /// To be called before the event of `attempt` is sent for the first time.
    synchronized void sent(long operation, int attempt) {
        if (operation >= OPERATIONS_MAX) {
            passedOver++;
            return;
        }
        note(operation, ((long) attempt << ATTEMPT_SHIFT) | SENT);
        unknown++;
    }

    synchronized void acknowledged(long operation, Position position) {
        if (frozen || operation >= OPERATIONS_MAX) {
            return;
        }
        long attempt = note(operation) & ((long) ATTEMPT_MASK << ATTEMPT_SHIFT);
        note(operation, (position.value() << POSITION_SHIFT) | attempt | ACKNOWLEDGED);
        unknown--;
        acknowledged++;
    }

    /// The store said that nothing was written.
    synchronized void denied(long operation) {
        if (operation < OPERATIONS_MAX && !frozen) {
            note(operation, 0);
            unknown--;
        }
    }

    /// From now on an answer comes too late to count: its event stays unknown. So what is looked
    /// for is fixed before the looking begins.
    synchronized void freeze() {
        frozen = true;
    }

    /// Compares an event of the log with the note, and remembers that it was there.
    synchronized Finding find(long operation, int attempt, Position position) {
        if (operation >= OPERATIONS_MAX) {
            return Finding.PASSED_OVER;
        }
        long note = note(operation);
        int state = (int) note & STATE_MASK;
        if (state == 0 || ((note >>> ATTEMPT_SHIFT) & ATTEMPT_MASK) != attempt) {
            return Finding.DENIED;
        }
        if ((note & SEEN) != 0) {
            return Finding.AGAIN;
        }
        note(operation, note | SEEN);
        if (state == SENT) {
            return Finding.UNKNOWN;
        }
        return note >>> POSITION_SHIFT == position.value() ? Finding.EXPECTED : Finding.MISPLACED;
    }

    private long note(long operation) {
        long[] page = pages[(int) (operation / PAGE)];
        return page == null ? 0 : page[(int) (operation % PAGE)];
    }

    private void note(long operation, long note) {
        int page = (int) (operation / PAGE);
        if (pages[page] == null) {
            pages[page] = new long[PAGE];
        }
        pages[page][(int) (operation % PAGE)] = note;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    /// Events that were sent and neither acknowledged nor denied.
    synchronized long unknown() {
        return unknown;
    }

    /// Events sent by operations beyond [#OPERATIONS_MAX].
    synchronized long passedOver() {
        return passedOver;
    }
}
