package io.floodmark.store;

import java.util.UUID;

/// An id of the append is taken: by another event of the same append, or by a stored event that
/// this append does not repeat. Nothing was written; it is the caller's mistake, and a retry fails
/// again.
public final class DuplicateEventId extends StoreException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    private DuplicateEventId(UUID id, String message) {
        super(message, null);
        this.id = id;
    }

    public static DuplicateEventId withinOneAppend(UUID id) {
        return new DuplicateEventId(
                id, "Two events of one append have the id " + id + "; give each its own");
    }

    /// An id that an earlier append has taken.
    ///
    /// @param id the first id of the append that is stored already
    /// @param stored where
    public static DuplicateEventId stored(UUID id, Position stored) {
        return new DuplicateEventId(
                id,
                "Event id %s is stored at position %s, but not all events of this append are stored"
                                .formatted(id, stored)
                        + " next to each other in this order; repeat an append unchanged, or give"
                        + " new events new ids");
    }

    /// The first id that is taken.
    public UUID id() {
        return id;
    }
}
