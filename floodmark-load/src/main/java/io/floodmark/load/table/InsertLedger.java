package io.floodmark.load.table;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The outcome of every insert operation, one byte each, by operation number.
///
/// *Threads.* Each operation is noted by one worker; read after the run.
final class InsertLedger {

    static final byte NONE = 0;
    static final byte ACKNOWLEDGED = 1;
    static final byte UNKNOWN = 2;

    private static final int PAGE = 1 << 16;
    private static final int PAGES_MAX = 1 << 16;

    private final AtomicReferenceArray<byte[]> pages = new AtomicReferenceArray<>(PAGES_MAX);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();

    void acknowledge(long operation) {
        note(operation, ACKNOWLEDGED);
        acknowledged.incrementAndGet();
    }

    void outcomeUnknown(long operation) {
        note(operation, UNKNOWN);
        unknown.incrementAndGet();
    }

    private void note(long operation, byte outcome) {
        int page = Math.toIntExact(operation / PAGE);
        byte[] outcomes = pages.get(page);
        if (outcomes == null) {
            byte[] fresh = new byte[PAGE];
            outcomes = pages.compareAndSet(page, null, fresh) ? fresh : pages.get(page);
        }
        outcomes[(int) (operation % PAGE)] = outcome;
    }

    byte outcome(long operation) {
        if (operation < 0 || operation >= (long) PAGE * PAGES_MAX) {
            return NONE;
        }
        byte[] outcomes = pages.get((int) (operation / PAGE));
        return outcomes == null ? NONE : outcomes[(int) (operation % PAGE)];
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long unknown() {
        return unknown.get();
    }
}
