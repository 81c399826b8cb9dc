package io.floodmark.load.workload;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.preflight.OwnObject;
import io.floodmark.load.preflight.Preflight;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/// The schema of a workload: made by a run, known by its comment, and dropped by a run, unless it
/// is to be kept. A schema without that comment is foreign and never touched.
///
/// *Threads.* Confined to one.
///
/// @param schema its name
/// @param afterRun what becomes of it
/// @param errand how the server is reached for it
public record OwnSchema(OwnObject.Schema schema, AfterRun afterRun, Errand errand) {

    private static final String FIND_COMMENT =
            """
            SELECT coalesce(obj_description(n.oid, 'pg_namespace'), '')
              FROM pg_namespace n WHERE n.nspname = ?
            """;

    /// How the schema stands before the run.
    private enum Found {
        NONE,
        LEFT_BEHIND,
        KEPT
    }

    /// Makes the schema unless a run left it.
    ///
    /// @throws ConfigurationException when there is a foreign one
    /// @throws ConnectionFailure when the server refuses, or takes too long
    public void make(Consumer<String> progress) {
        Found found = errand.run(this::make);
        progress.accept(
                switch (found) {
                    case NONE -> "created schema " + schema.name();
                    case LEFT_BEHIND ->
                            "using schema " + schema.name() + " that an earlier run left";
                    case KEPT -> "using schema " + schema.name() + " that an earlier run kept";
                });
    }

    private Found make(Connection connection) throws SQLException {
        Found found = find(connection);
        if (found == Found.NONE) {
            connection.setAutoCommit(false);
            execute(connection, "CREATE SCHEMA " + schema.sql());
            comment(connection, Preflight.SCHEMA_MARKER);
            connection.commit();
            connection.setAutoCommit(true);
        }
        if (afterRun == AfterRun.KEEP) {
            comment(connection, Preflight.KEPT_SCHEMA_MARKER);
        }
        return found;
    }

    private void comment(Connection connection, String marker) throws SQLException {
        execute(
                connection,
                "COMMENT ON SCHEMA %s IS '%s: made and dropped by load runs'"
                        .formatted(schema.sql(), marker));
    }

    /// Finds the schema, which must be ours if there is one.
    private Found find(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND_COMMENT)) {
            statement.setString(1, schema.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Found.NONE;
                }
                String comment = row.getString(1);
                if (!comment.startsWith(Preflight.SCHEMA_MARKER)) {
                    throw new ConfigurationException(
                            List.of(
                                    "schema %s exists and was not made by floodmark; choose another name with --schema"
                                            .formatted(schema.name())));
                }
                return comment.startsWith(Preflight.KEPT_SCHEMA_MARKER)
                        ? Found.KEPT
                        : Found.LEFT_BEHIND;
            }
        }
    }

    /// Drops the schema if it is ours, and ours to drop.
    ///
    /// @throws ConfigurationException when it is not; then it stays
    /// @throws ConnectionFailure when the server refuses, or takes too long
    public void drop() {
        errand.run(connection -> {
            Found found = find(connection);
            if (found == Found.KEPT && afterRun != AfterRun.DROP) {
                throw new ConfigurationException(
                        List.of("another run keeps schema %s".formatted(schema.name())));
            }
            if (found != Found.NONE) {
                execute(connection, "DROP SCHEMA " + schema.sql() + " CASCADE");
            }
            return found;
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
