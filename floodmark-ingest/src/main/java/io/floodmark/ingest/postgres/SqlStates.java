package io.floodmark.ingest.postgres;

import java.sql.SQLException;
import java.util.Set;

/// What an error of the database means for a batch.
final class SqlStates {
    /// Data exceptions, broken constraints, limits such as the length of an index row, and what
    /// triggers raise.
    private static final Set<String> EVENT_CLASSES = Set.of("22", "23", "54", "P0");

    /// The connection's end, or the server's.
    private static final Set<String> GONE = Set.of("08", "57");

    private SqlStates() {}

    /// Whether another event in its place would have been taken.
    static boolean blamesTheEvent(SQLException e) {
        return EVENT_CLASSES.contains(classOf(e));
    }

    /// Whether the connection is still good.
    static boolean answered(SQLException e) {
        String state = classOf(e);
        return !state.isEmpty() && !GONE.contains(state);
    }

    private static String classOf(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }
}
