package io.floodmark.store;

import java.time.Instant;

/// The saved state of a projection, so that a later read need only start after its position.
///
/// @param projection the projection's name, 1 to [#MAX_PROJECTION_CHARS] chars; a new version of
///   its code takes a new name
/// @param query the hash of the query that the state was read with
/// @param position up to where the state has read; take it from [EventStream#readUpTo()]
/// @param data any JSON
/// @param takenAt by the application's clock, cut to microseconds
public record Snapshot(
        String projection, QueryHash query, Position position, Json data, Instant takenAt) {

    public static final int MAX_PROJECTION_CHARS = 128;

    public Snapshot {
        checkProjection(projection);
        takenAt = Checks.micros("takenAt", takenAt);
    }

    /// The check of names that stores make when they load or delete.
    public static void checkProjection(String projection) {
        Checks.name("Projection name", projection, MAX_PROJECTION_CHARS);
    }
}
