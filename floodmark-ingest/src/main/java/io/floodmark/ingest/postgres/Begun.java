package io.floodmark.ingest.postgres;

import java.sql.Connection;
import java.time.LocalDate;

/// A transaction that has begun.
///
/// @param stamp its number, and when its events arrive
/// @param lookFrom the first day whose events tell duplicates; the arrival's own when no earlier
///   day has any
record Begun(Connection connection, Stamp stamp, LocalDate lookFrom) {

    /// Whether days before its own must be looked through.
    boolean looksBack() {
        return lookFrom.isBefore(stamp.day());
    }
}
