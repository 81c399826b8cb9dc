package io.floodmark.store.postgres.session;

import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.Locale;

/// What a failure of the server or the connection means for the caller of the store, by SQLState.
public final class SqlFailures {
    private static final String CANCELLED = "57014";

    private SqlFailures() {}

    /// The failure of a step after which surely nothing is written: reading, or writing that was
    /// rolled back. Not for a failed commit, whose outcome can be unknown.
    ///
    /// @param what what was tried, as in "could not `what`"
    /// @throws IllegalStateException when the failure is a defect of this library
    public static StoreException beforeWriting(String what, SQLException e) {
        String message = "could not %s: %s".formatted(what, reason(e));
        return switch (kind(e)) {
            case CANCELLED -> new DeadlineExceeded(message, e);
            case UNAVAILABLE ->
                    new StoreUnavailable(message + "; nothing was written, try again later", e);
            case NOT_READY ->
                    new StoreNotReady(
                            message + "; check the store's names, its schema and the role's rights",
                            e);
            case DEFECT -> throw new IllegalStateException(message, e);
        };
    }

    /// A pool that has no connection says so; why it could not make one stands in the cause.
    private static String reason(SQLException e) {
        return e.getCause() instanceof SQLException cause
                ? "%s (%s)".formatted(e.getMessage(), cause.getMessage())
                : String.valueOf(e.getMessage());
    }

    /// Whether the server may answer later or elsewhere.
    public static boolean isTransient(SQLException e) {
        return kind(e) == Kind.UNAVAILABLE;
    }

    /// Whether the connection, or the server behind it, is gone.
    public static boolean isConnectionLost(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("57P0");
    }

    private enum Kind {
        CANCELLED,
        UNAVAILABLE,
        NOT_READY,
        DEFECT
    }

    private static Kind kind(SQLException e) {
        String state = state(e);
        if (state.equals(CANCELLED)) {
            return Kind.CANCELLED;
        }
        if (state.isEmpty()) {
            // Pools report without a state that they have no connection.
            return Kind.UNAVAILABLE;
        }
        return switch (state.substring(0, 2).toUpperCase(Locale.ROOT)) {
            // Connection, authorization, wrong state (read-only), rollback, resources, operator,
            // system, internal.
            case "08", "25", "40", "53", "55", "57", "58", "XX" -> Kind.UNAVAILABLE;
            // Login, database, schema, table, column or function missing, no right.
            case "28", "3D", "3F" -> Kind.NOT_READY;
            case "42" -> state.equals("42601") ? Kind.DEFECT : Kind.NOT_READY;
            default -> Kind.DEFECT;
        };
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() < 2 ? "" : state;
    }
}
