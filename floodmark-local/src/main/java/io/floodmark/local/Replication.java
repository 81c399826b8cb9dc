package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes and watches one streaming replica of a running server, over the server's own backup
/// functions (the programs at hand have no `pg_basebackup`) and a replication slot.
///
/// @param primary the server to copy
/// @param name name of the slot and of the replica's application: letters, digits and `_`
record Replication(ServerAddress primary, String name) {
    private static final Duration BACKUP_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    // Relative: the server resolves it in its data folder.
    private static final String PASSWORD_FILE = "primary.pass";
    private static final Set<String> EMPTIED =
            Set.of(
                    "pg_wal",
                    "pg_replslot",
                    "pg_dynshmem",
                    "pg_notify",
                    "pg_serial",
                    "pg_snapshots",
                    "pg_stat_tmp",
                    "pg_subtrans");
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "backup_label", "standby.signal");
    private static final String TABLESPACES =
            """
            select count(*) from pg_tablespace where spcname not in ('pg_default', 'pg_global')
            """;
    private static final String CREATE_SLOT = "select pg_create_physical_replication_slot(?, true)";
    private static final String DROP_SLOT =
            """
            select pg_drop_replication_slot(slot_name)
            from pg_replication_slots where slot_name = ? and not active
            """;
    private static final String BEGIN_BACKUP = "select pg_backup_start(?, true)";
    private static final String END_BACKUP = "select labelfile from pg_backup_stop(false)";
    private static final String SLOTS =
            "select count(*) from pg_replication_slots where slot_name = ?";
    private static final String STREAMING =
            """
            select count(*) from pg_stat_replication
            where application_name = ? and state = 'streaming'
            """;
    private static final String WRITTEN = "select pg_current_wal_lsn()";

    /// Checks the name.
    Replication {
        if (!name.matches("[a-z0-9_]{1,63}")) {
            throw new IllegalArgumentException(
                    "name of a replica must be 1 to 63 of a-z, 0-9 and _, was " + name);
        }
    }

    /// Copies the primary's data into a new data folder that streams once a server runs on it.
    void copy(Path primaryData, Path data) throws IOException {
        try (Connection session = ServerChecks.connect(primary, BACKUP_TIMEOUT)) {
            refuseTablespaces(session);
            dropSlot(session);
            text(session, CREATE_SLOT, name);
            // Begin and end must be calls of one session.
            text(session, BEGIN_BACKUP, name);
            FileTrees.copy(primaryData, data, Replication::belongsToBackup);
            Files.writeString(data.resolve("backup_label"), text(session, END_BACKUP));
            Files.createDirectories(data.resolve("pg_wal").resolve("archive_status"));
            Files.createFile(data.resolve("standby.signal"));
            DataFolders.writePrivate(data.resolve(PASSWORD_FILE), "*:*:*:*:" + primary.password());
            ServerAccount.current().own(data);
        } catch (SQLException e) {
            throw new LocalServerException(
                    "could not copy the server at " + primary + ": " + e.getMessage(), e);
        }
    }

    private void refuseTablespaces(Connection session) throws SQLException {
        if (!text(session, TABLESPACES).equals("0")) {
            throw new LocalServerException(
                    "the server at "
                            + primary
                            + " has tablespaces; a local replica cannot copy them");
        }
    }

    private static boolean belongsToBackup(Path relative) {
        String file = relative.getFileName().toString();
        boolean emptied =
                relative.getNameCount() > 1 && EMPTIED.contains(relative.getName(0).toString());
        return !emptied && !LEFT_OUT.contains(file) && !file.startsWith("pgsql_tmp");
    }

    /// The replica's settings on top of its primary's.
    SortedMap<String, String> settings(Map<String, String> primarySettings) {
        var settings = new TreeMap<>(primarySettings);
        settings.put(
                "primary_conninfo",
                "host=%s port=%d user=%s passfile=%s application_name=%s"
                        .formatted(
                                primary.host(),
                                primary.port(),
                                primary.user(),
                                PASSWORD_FILE,
                                name));
        settings.put("primary_slot_name", name);
        return settings;
    }

    /// Waits until the primary says that it streams to the replica.
    boolean awaitStreaming(Duration timeout) {
        try (Connection session = ServerChecks.connect(primary, ANSWER_TIMEOUT)) {
            return Waiting.until(timeout, () -> !count(session).equals("0"));
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(primary, e);
        }
    }

    private String count(Connection session) {
        try {
            return text(session, STREAMING, name);
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(primary, e);
        }
    }

    /// How far the primary has written its log.
    String written() {
        try (Connection session = ServerChecks.connect(primary, ANSWER_TIMEOUT)) {
            return text(session, WRITTEN);
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(primary, e);
        }
    }

    /// Forgets the slot, so that the primary keeps no log for a replica that is gone; false when
    /// the primary takes the replica for alive all this time.
    boolean dropSlot(Duration timeout) {
        try (Connection session = ServerChecks.connect(primary, ANSWER_TIMEOUT)) {
            return Waiting.until(timeout, () -> slotIsGone(session));
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(primary, e);
        }
    }

    private boolean slotIsGone(Connection session) {
        try {
            dropSlot(session);
            return text(session, SLOTS, name).equals("0");
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(primary, e);
        }
    }

    private void dropSlot(Connection session) throws SQLException {
        text(session, DROP_SLOT, name);
    }

    /// First column of the first row as text, empty when there is none.
    static String text(Connection session, String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                String value = rows.next() ? rows.getString(1) : null;
                return value == null ? "" : value;
            }
        }
    }
}
