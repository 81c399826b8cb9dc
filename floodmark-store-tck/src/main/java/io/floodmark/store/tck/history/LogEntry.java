package io.floodmark.store.tck.history;

import java.util.OptionalInt;
import java.util.UUID;

/// One event found in the log, reduced to what the checks need.
final class LogEntry {

    private final long position;
    private final UUID id;
    private final OptionalInt slot;
    private final boolean intact;
    private final int[] matches;

    /// @param slot where its attempt is recorded; empty when no attempt that is still open made it
    /// @param intact whether it is what was appended
    /// @param matches the numbers of the queries that match it
    LogEntry(long position, UUID id, OptionalInt slot, boolean intact, int[] matches) {
        this.position = position;
        this.id = id;
        this.slot = slot;
        this.intact = intact;
        this.matches = matches;
    }

    long position() {
        return position;
    }

    UUID id() {
        return id;
    }

    OptionalInt slot() {
        return slot;
    }

    boolean isOf(int ofSlot) {
        return slot.isPresent() && slot.getAsInt() == ofSlot;
    }

    int place() {
        return EventIds.place(id);
    }

    boolean intact() {
        return intact;
    }

    int[] matches() {
        return matches;
    }
}
