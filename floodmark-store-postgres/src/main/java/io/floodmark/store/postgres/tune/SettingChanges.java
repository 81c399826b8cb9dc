package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.schema.StoreNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes and reverts changes one by one, and watches what the server makes of them.
final class SettingChanges {

    private static final String FROM_FILE = "configuration file";

    private final Connection connection;
    private final ServerFiles files;

    SettingChanges(Connection connection) {
        this.connection = connection;
        this.files = new ServerFiles(connection);
    }

    List<Outcome> apply(List<Change> changes, Path saved) {
        int done = 0;
        try {
            for (Change change : changes) {
                files.set(change);
                done++;
            }
            files.reload();
            return outcomes(changes);
        } catch (SQLException e) {
            throw TunedServer.failed(
                    "%d of %d changes were made, then %s; undo them with --revert --saved %s"
                            .formatted(
                                    done,
                                    changes.size(),
                                    done < changes.size()
                                            ? changes.get(done).what() + " failed"
                                            : "the reload failed",
                                    saved),
                    e);
        }
    }

    private List<Outcome> outcomes(List<Change> changes) throws SQLException {
        Map<String, PresentSetting> present = settings();
        List<Outcome> outcomes = new ArrayList<>();
        for (Change change : changes) {
            outcomes.add(
                    new Outcome(
                            change,
                            switch (change) {
                                case Change.TableParameter _ -> new Outcome.Result.InForce();
                                case Change.SystemSetting setting ->
                                        result(setting, present.get(setting.setting()));
                            }));
        }
        return outcomes;
    }

    private static Outcome.Result result(
            Change.SystemSetting wanted,
            @org.jspecify.annotations.Nullable PresentSetting present) {
        if (present == null) {
            return new Outcome.Result.Overridden("this version does not know it");
        }
        if (SettingValue.same(present.value(), wanted.value(), present.unit())) {
            return new Outcome.Result.InForce();
        }
        if (present.waitsForRestart()) {
            return new Outcome.Result.AfterRestart();
        }
        boolean ours = present.source().equals(FROM_FILE) || present.source().equals("default");
        return new Outcome.Result.Overridden(ours ? "a reload that is late" : present.source());
    }

    List<Outcome> revert(List<Change> changes, Path saved) {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            unmark(changes);
            Map<String, PresentSetting> inForce = settings();
            for (Change change : changes) {
                outcomes.add(new Outcome(change, restore(change, inForce)));
            }
            files.reload();
            outcomes = afterReload(outcomes);
        } catch (SQLException e) {
            throw TunedServer.failed(
                    "%d of %d values are restored, then %s failed; run the same command again"
                            .formatted(
                                    outcomes.size(),
                                    changes.size(),
                                    outcomes.size() < changes.size()
                                            ? changes.get(outcomes.size()).what()
                                            : "the reload"),
                    e);
        }
        if (outcomes.stream()
                .map(Outcome::result)
                .noneMatch(Outcome.Result.ChangedSince.class::isInstance)) {
            delete(saved);
        }
        return outcomes;
    }

    /// A setting that vanishes from the files while it waits for a restart is marked as waiting
    /// until then, though nothing would change. Read once with the value in force it is not.
    private void unmark(List<Change> changes) throws SQLException {
        Map<String, PresentSetting> inForce = settings();
        boolean any = false;
        for (Change change : changes) {
            PresentSetting present = inForce.get(change.what());
            if (change.before() instanceof Before.Unset
                    && present != null
                    && present.waitsForRestart()
                    && files.present(change).equals(new Before.Value(change.value()))) {
                files.set(
                        new Change.SystemSetting(present.name(), present.value(), change.before()));
                any = true;
            }
        }
        if (any) {
            files.reload();
        }
    }

    private Outcome.Result restore(Change change, Map<String, PresentSetting> inForce)
            throws SQLException {
        Before now = files.present(change);
        if (now.equals(change.before())) {
            return new Outcome.Result.Unchanged();
        }
        PresentSetting present = inForce.get(change.what());
        boolean unmarked = present != null && now.equals(new Before.Value(present.value()));
        if (!unmarked && !now.equals(new Before.Value(change.value()))) {
            return new Outcome.Result.ChangedSince(now);
        }
        files.restore(change);
        return new Outcome.Result.Restored();
    }

    private List<Outcome> afterReload(List<Outcome> outcomes) throws SQLException {
        Map<String, PresentSetting> present = settings();
        return outcomes.stream()
                .map(outcome -> {
                    PresentSetting setting = present.get(outcome.change().what());
                    boolean later =
                            outcome.result() instanceof Outcome.Result.Restored
                                    && setting != null
                                    && setting.waitsForRestart();
                    return later
                            ? new Outcome(outcome.change(), new Outcome.Result.AfterRestart())
                            : outcome;
                })
                .toList();
    }

    private Map<String, PresentSetting> settings() throws SQLException {
        return new ServerReader(connection, StoreNames.defaults()).settings();
    }

    private static void delete(Path saved) {
        try {
            Files.deleteIfExists(saved);
        } catch (IOException e) {
            throw new TuningException(
                    "everything is restored, but " + saved + " cannot be deleted; delete it", e);
        }
    }
}
