package io.floodmark.load.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a server says about itself, for the record of a run: its version and the settings that
/// matter or differ from the default. Settings that can hold secrets are left out.
public final class ServerFacts {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private static final String READ =
            """
            SELECT name, setting || coalesce(' ' || unit, '') AS setting
            FROM pg_settings
            WHERE (source NOT IN ('default', 'client', 'session')
                   OR name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers',
                               'max_connections', 'max_wal_size', 'checkpoint_timeout', 'wal_level',
                               'autovacuum', 'io_method', 'server_version'))
              AND name !~ 'conninfo|password|passphrase|_file$|_command$|_director'
            """;

    private ServerFacts() {}

    /// Reads the facts over a short connection.
    ///
    /// @throws ConnectionFailure when the server cannot be reached or takes too long
    public static SortedMap<String, String> read(ConnectionTarget target) {
        return new Errand(target, ANSWER_MAX).run(ServerFacts::read);
    }

    private static SortedMap<String, String> read(Connection connection) throws SQLException {
        SortedMap<String, String> facts = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                facts.put(rows.getString(1), rows.getString(2));
            }
            facts.put("version", connection.getMetaData().getDatabaseProductVersion());
        }
        return facts;
    }
}
