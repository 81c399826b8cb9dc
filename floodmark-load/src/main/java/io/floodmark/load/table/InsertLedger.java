package io.floodmark.load.table;

/// What is known of every insert operation, one byte each, by operation number.
///
/// An operation is noted before it is sent, and only an acknowledgement or a refusal by the server
/// changes the note: whatever else becomes of it, it may have landed, or may still land.
///
/// *Threads.* Any; guarded by itself, for as long as it takes to write a byte.
final class InsertLedger {

    /// Nothing of it can be there.
    static final byte NONE = 0;

    static final byte ACKNOWLEDGED = 1;

    /// Sent, and neither acknowledged nor refused: it may be there.
    static final byte UNKNOWN = 2;

    private static final int PAGE = 1 << 16;
    private static final int PAGES_MAX = 1 << 16;

    private final byte[][] pages = new byte[PAGES_MAX][];
    private long acknowledged;
    private long unknown;
    private boolean frozen;

    /// To be called before the operation is sent.
    synchronized void sent(long operation) {
        note(operation, UNKNOWN);
        unknown++;
    }

    synchronized void acknowledged(long operation) {
        if (!frozen) {
            note(operation, ACKNOWLEDGED);
            unknown--;
            acknowledged++;
        }
    }

    /// The server refused it: it is not there.
    synchronized void refused(long operation) {
        note(operation, NONE);
        unknown--;
    }

    /// From now on an acknowledgement comes too late to count: its operation stays unknown. So what
    /// is looked for is fixed before the looking begins.
    synchronized void freeze() {
        frozen = true;
    }

    private void note(long operation, byte outcome) {
        int page = Math.toIntExact(operation / PAGE);
        if (pages[page] == null) {
            pages[page] = new byte[PAGE];
        }
        pages[page][(int) (operation % PAGE)] = outcome;
    }

    synchronized byte outcome(long operation) {
        if (operation < 0 || operation >= (long) PAGE * PAGES_MAX) {
            return NONE;
        }
        byte[] outcomes = pages[(int) (operation / PAGE)];
        return outcomes == null ? NONE : outcomes[(int) (operation % PAGE)];
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized long unknown() {
        return unknown;
    }
}
