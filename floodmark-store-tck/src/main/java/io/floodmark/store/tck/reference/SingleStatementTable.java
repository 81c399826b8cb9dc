package io.floodmark.store.tck.reference;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/// The table of [SingleStatementStore]: a sequence for the positions, jsonb for all content, and an
/// index for each of type, time, payload and metadata.
///
/// @param name checked, so that it can stand in SQL between double quotes
public record SingleStatementTable(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,40}");

    private static final String CREATE =
            """
            CREATE TABLE ${table} (
                sequence_number BIGSERIAL PRIMARY KEY,
                event_id uuid NOT NULL,
                occurred_at timestamptz NOT NULL,
                recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                event_type text NOT NULL,
                payload jsonb NOT NULL,
                metadata jsonb NOT NULL
            );
            """;

    private static final String INDEXES =
            """
            CREATE INDEX ON ${table} (event_type);
            CREATE INDEX ON ${table} (occurred_at);
            CREATE INDEX ON ${table} USING gin (payload jsonb_path_ops);
            CREATE INDEX ON ${table} USING gin (metadata jsonb_path_ops);
            """;

    /// Checks the name.
    public SingleStatementTable {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a table's name must match " + NAME + ", was \"" + name + "\"");
        }
    }

    /// Creates the table and its indexes.
    public void create(Connection connection) throws SQLException {
        createBare(connection);
        createIndexes(connection);
    }

    /// Creates the table without its indexes, for one that is filled first.
    public void createBare(Connection connection) throws SQLException {
        execute(connection, CREATE);
    }

    /// Creates the indexes of a table that has none.
    public void createIndexes(Connection connection) throws SQLException {
        execute(connection, INDEXES);
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("${table}", quoted()));
        }
    }

    String quoted() {
        return '"' + name + '"';
    }
}
