package io.floodmark.store.postgres.append;

import io.floodmark.store.postgres.session.SqlFailures;
import java.sql.SQLException;

/// What a failed statement of the writer means for the batch.
enum CommitFailure {
    /// The connection is gone: a commit that was sent may have taken effect.
    LOST,
    /// Nothing was written, and the same can succeed now: a lock or a timeout was in the way.
    BUSY,
    /// Nothing was written: an id is stored already.
    DUPLICATE,
    /// Nothing was written: there is no segment for the position.
    NO_SEGMENT,
    /// Nothing was written, and the same would fail again.
    REFUSED;

    static CommitFailure of(SQLException e) {
        if (SqlFailures.isConnectionLost(e) || e.getSQLState() == null) {
            return LOST;
        }
        return switch (e.getSQLState()) {
            case "57014", "55P03", "40001", "40P01", "25P03" -> BUSY;
            case "23505" -> DUPLICATE;
            case "23514" -> NO_SEGMENT;
            default -> REFUSED;
        };
    }
}
