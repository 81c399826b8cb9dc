package io.floodmark.ingest.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The schema that holds the tables of ingestion, made and migrated.
///
/// @param name of the schema: a lower-case letter or `_`, then letters, digits or `_`
public record IngestSchema(String name) {
    private static final String MIGRATIONS = "classpath:io/floodmark/ingest/postgres/migration";
    private static final String HISTORY = "ingest_schema_history";
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /// Checks the name.
    public IngestSchema {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the schema's name must be of a-z, 0-9 and _, and begin with none of 0-9, was "
                            + name);
        }
    }

    /// Makes the schema and its tables where they are missing, and brings older ones up to date. It
    /// may run in several processes at a time.
    ///
    /// @throws SinkNotReady when that is not possible
    public void init(DataSource database) {
        try (Connection guard = database.getConnection()) {
            guard.setAutoCommit(false);
            try {
                lock(guard);
                create(database);
                migrate(database);
            } finally {
                guard.rollback();
            }
        } catch (SQLException | FlywayException e) {
            throw new SinkNotReady(
                    "could not make the tables of ingestion in schema %s: %s"
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    /// A name of a table, qualified and quoted.
    String table(String table) {
        return "\"" + name + "\"." + table;
    }

    private void lock(Connection guard) throws SQLException {
        try (PreparedStatement lock =
                guard.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))")) {
            lock.setString(1, name);
            lock.execute();
        }
    }

    private void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + name + "\"");
        }
    }

    private void migrate(DataSource database) {
        Flyway.configure(IngestSchema.class.getClassLoader())
                .dataSource(database)
                .defaultSchema(name)
                .createSchemas(false)
                .table(HISTORY)
                .locations(MIGRATIONS)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(Map.of("schema", name))
                .load()
                .migrate();
    }
}
