package io.floodmark.load.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The server's data directory, if it can be seen on this machine.
///
/// A path alone proves nothing, since the server may run elsewhere under the same path: the
/// directory's `postmaster.pid` must show the server's port and its start time.
sealed interface DataDirectory {

    /// It is here.
    record Visible(Path path) implements DataDirectory {

        /// Bytes that the server can still use.
        long freeBytes() throws IOException {
            return Files.getFileStore(path).getUsableSpace();
        }
    }

    /// It cannot be seen, for this reason.
    record Hidden(String reason) implements DataDirectory {}

    /// The postmaster notes its start a moment before the server time it reports.
    long START_TOLERANCE_SECONDS = 60;

    int PID_FILE_START_LINE = 2;
    int PID_FILE_PORT_LINE = 3;

    String READ_RIGHT =
            """
            SELECT pg_has_role('pg_read_all_settings', 'USAGE')
            """;

    String READ_PLACE =
            """
            SELECT current_setting('data_directory'), current_setting('port')::int,
                   extract(epoch FROM pg_postmaster_start_time())::bigint,
                   current_setting('default_tablespace') = '' AND EXISTS (
                       SELECT FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
                        WHERE d.datname = current_database() AND t.spcname = 'pg_default')
            """;

    static DataDirectory locate(Connection connection) throws SQLException {
        try (PreparedStatement right = connection.prepareStatement(READ_RIGHT);
                ResultSet answer = right.executeQuery()) {
            answer.next();
            if (!answer.getBoolean(1)) {
                return new Hidden("the role may not read data_directory (pg_read_all_settings)");
            }
        }
        try (PreparedStatement place = connection.prepareStatement(READ_PLACE);
                ResultSet row = place.executeQuery()) {
            row.next();
            return row.getBoolean(4)
                    ? here(row.getString(1), row.getInt(2), row.getLong(3))
                    : new Hidden("the tables go to a tablespace of their own");
        }
    }

    private static DataDirectory here(String directory, int port, long startedEpochSeconds) {
        try {
            Path path = Path.of(directory);
            List<String> lines = Files.readAllLines(path.resolve("postmaster.pid"));
            long started = Long.parseLong(lines.get(PID_FILE_START_LINE).strip());
            int ownPort = Integer.parseInt(lines.get(PID_FILE_PORT_LINE).strip());
            boolean same =
                    ownPort == port
                            && Math.abs(started - startedEpochSeconds) <= START_TOLERANCE_SECONDS;
            return same
                    ? new Visible(path)
                    : new Hidden("another server lives in " + directory + " on this machine");
        } catch (IOException
                | InvalidPathException
                | NumberFormatException
                | IndexOutOfBoundsException e) {
            return new Hidden(directory + " cannot be read on this machine");
        }
    }
}
