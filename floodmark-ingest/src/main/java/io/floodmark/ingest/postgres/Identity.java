package io.floodmark.ingest.postgres;

import java.util.Comparator;

/// What tells an event from all others.
///
/// @param tenant whose it is
/// @param eventId unique for its tenant
record Identity(String tenant, String eventId) implements Comparable<Identity> {
    private static final Comparator<Identity> AS_THE_INDEX =
            Comparator.comparing(Identity::eventId).thenComparing(Identity::tenant);

    /// The same for all writers, so that none waits for another in a circle; neighbours in it are
    /// neighbours in the index.
    @Override
    public int compareTo(Identity other) {
        return AS_THE_INDEX.compare(this, other);
    }
}
