package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.schema.StoreNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A running server that is read, changed and restored through one session.
///
/// Reading needs the right to see all settings (`pg_read_all_settings`), changing the right to
/// `ALTER SYSTEM`, usually a superuser's. Failures are [TuningException]. *Threads:* one at a time.
public final class TunedServer implements AutoCloseable {

    private static final int ANSWER_MILLIS_MAX = 30_000;
    private static final String LIMITS =
            "SET lock_timeout = '2s'; SET statement_timeout = '15s'; SET DateStyle = 'ISO'";

    private final Connection connection;
    private final StoreNames store;

    private TunedServer(Connection connection, StoreNames store) {
        this.connection = connection;
        this.store = store;
    }

    /// Opens the session.
    ///
    /// @param store where the store's tables are; there need not be any
    public static TunedServer open(Connections connections, StoreNames store) {
        try {
            Connection connection = connections.open();
            try {
                connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS_MAX);
                new ServerFiles(connection).execute(LIMITS);
                refuseOld(connection.getMetaData().getDatabaseMajorVersion());
                return new TunedServer(connection, store);
            } catch (SQLException | TuningException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failed("cannot use the server", e);
        }
    }

    private static void refuseOld(int version) {
        if (version < TuningFacts.VERSION_MIN) {
            throw new TuningException(
                    "the rules are for PostgreSQL %d and newer, this is %d; upgrade the server"
                            .formatted(TuningFacts.VERSION_MIN, version));
        }
    }

    /// What the server has now.
    public ServerProfile profile() {
        try {
            return new ServerReader(connection, store).read();
        } catch (SQLException e) {
            throw failed("cannot read the server's settings", e);
        }
    }

    /// The changes that would make the server follow the advice, with what is there before; a
    /// replica's tables and what waits for its promotion are left out.
    ///
    /// @param skipped settings and parameters to leave alone
    /// @throws TuningException when our role may not make them
    public List<Change> plan(Advice advice, Set<String> skipped) {
        List<Recommendation> wanted = wanted(advice, skipped);
        refuseWithoutRights(wanted, profile());
        ServerFiles files = new ServerFiles(connection);
        List<Change> changes = new ArrayList<>();
        try {
            Map<String, String> present = files.systemSettings();
            for (Recommendation it : wanted) {
                String former = present.get(it.setting());
                Before before = former == null ? new Before.Unset() : new Before.Value(former);
                changes.add(new Change.SystemSetting(it.setting(), it.target().value(), before));
            }
            if (advice.facts().role() == Role.PRIMARY) {
                addTables(advice, skipped, files, changes);
            }
        } catch (SQLException e) {
            throw failed("cannot read what is set now; connect as a superuser", e);
        }
        return changes;
    }

    private static List<Recommendation> wanted(Advice advice, Set<String> skipped) {
        return advice.settings().stream()
                .filter(line -> line.standing() instanceof Advice.Standing.Differs)
                .map(Advice.SettingLine::recommendation)
                .filter(it -> it.active() && !skipped.contains(it.setting()))
                .toList();
    }

    private static void addTables(
            Advice advice, Set<String> skipped, ServerFiles files, List<Change> changes)
            throws SQLException {
        for (Advice.TableLine line : advice.tables()) {
            TableRule rule = line.rule();
            for (String table : line.differing()) {
                if (!skipped.contains(rule.parameter())) {
                    String value = rule.target().value();
                    Change probe =
                            new Change.TableParameter(
                                    table, rule.parameter(), value, new Before.Unset());
                    changes.add(
                            new Change.TableParameter(
                                    table, rule.parameter(), value, files.present(probe)));
                }
            }
        }
    }

    /// Makes the changes, after what was there before is safe in a new file, and reloads.
    ///
    /// @param saved the file, which must not exist
    /// @throws TuningException when a change fails; those before it stay until [#revert]
    public List<Outcome> apply(List<Change> changes, Path saved) {
        new SavedChanges(profile().identity(), changes).write(saved);
        return new SettingChanges(connection).apply(changes, saved);
    }

    private static void refuseWithoutRights(List<Recommendation> wanted, ServerProfile profile) {
        List<String> forbidden =
                wanted.stream()
                        .map(Recommendation::setting)
                        .filter(name ->
                                profile.setting(name).filter(PresentSetting::alterable).isEmpty())
                        .toList();
        if (!forbidden.isEmpty()) {
            throw new TuningException(
                    "nothing is changed: this role may not ALTER SYSTEM SET "
                            + String.join(", ", forbidden)
                            + "; connect as a superuser, have it granted (GRANT ALTER SYSTEM ON"
                            + " PARAMETER …), or use the lines of --print-conf");
        }
    }

    /// Restores what a file keeps and reloads. A value that somebody changed since is left alone.
    /// The file is deleted when nothing is left in it to restore.
    ///
    /// @throws TuningException when the file belongs to another server, or restoring fails
    public List<Outcome> revert(Path saved) {
        SavedChanges former = SavedChanges.read(saved);
        ServerIdentity here = profile().identity();
        if (!former.server().equals(here)) {
            throw new TuningException(
                    ("%s was saved for database %s on port %d of system %s, this is %s on port %d of"
                                    + " %s; connect to the server that was changed")
                            .formatted(
                                    saved,
                                    former.server().database(),
                                    former.server().port(),
                                    former.server().system(),
                                    here.database(),
                                    here.port(),
                                    here.system()));
        }
        return new SettingChanges(connection).revert(former.changes(), saved);
    }

    static TuningException failed(String what, SQLException e) {
        return new TuningException(
                "%s: %s (SQLSTATE %s)"
                        .formatted(
                                what,
                                String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                                e.getSQLState()),
                e);
    }

    /// Ends the session.
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("cannot end the session", e);
        }
    }
}
