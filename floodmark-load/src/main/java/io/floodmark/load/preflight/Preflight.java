package io.floodmark.load.preflight;

import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The safety checks before a run, over one short connection that reads and changes nothing.
///
/// A check that the server does not let us make ends as unknown, with the reason; the others go on.
///
/// *Threads.* Stateless; blocks its caller for at most a few seconds when the server is frozen.
public final class Preflight {

    /// How the comment of each table begins that a workload created; without it a table is foreign.
    public static final String TABLE_MARKER = "floodmark load table";

    /// How it begins when a run was told to keep the table.
    public static final String KEPT_MARKER = TABLE_MARKER + ", kept";

    /// How the comment of each schema begins that a workload created.
    public static final String SCHEMA_MARKER = "floodmark load schema";

    /// How it begins when a run was told to keep the schema.
    public static final String KEPT_SCHEMA_MARKER = SCHEMA_MARKER + ", kept";

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int ANSWER_MILLIS_MAX = 5_000;

    /// One check; the name is known before it runs, so that an unknown one has it too.
    @FunctionalInterface
    interface Rule {
        Check apply(Inspection inspection) throws SQLException;
    }

    private static final List<Map.Entry<String, Rule>> RULES =
            List.of(
                    Map.entry(SettingRules.VERSION, SettingRules::version),
                    Map.entry(TargetRules.WRITABLE, TargetRules::writable),
                    Map.entry(TargetRules.POOLER, TargetRules::pooler),
                    Map.entry(ConnectionRules.CONNECTIONS, ConnectionRules::headroom),
                    Map.entry(ConnectionRules.ROLE_LIMIT, ConnectionRules::roleLimit),
                    Map.entry(ConnectionRules.DATABASE_LIMIT, ConnectionRules::databaseLimit),
                    Map.entry(DatabaseRules.TABLES, DatabaseRules::otherTables),
                    Map.entry(DatabaseRules.APPLICATIONS, DatabaseRules::otherApplications),
                    Map.entry(DatabaseRules.OWN_TABLE, DatabaseRules::own),
                    Map.entry(DatabaseRules.PRIVILEGE, DatabaseRules::privilege),
                    Map.entry(StorageRules.DISK, StorageRules::disk),
                    Map.entry(StorageRules.SLOTS, StorageRules::replicationSlots),
                    Map.entry(StorageRules.AGE, StorageRules::transactionAge),
                    Map.entry(SettingRules.AUTOVACUUM, SettingRules::autovacuum),
                    Map.entry(SettingRules.STATEMENT_TIMEOUT, SettingRules::statementTimeout),
                    Map.entry(SettingRules.DURABILITY, SettingRules::durability));

    private Preflight() {}

    /// Makes all checks.
    ///
    /// @throws ConnectionFailure when the server cannot be reached, or is lost on the way
    public static PreflightReport check(ConnectionTarget target, PreflightPlan plan) {
        try (Connection connection = target.connect(CONNECT_MAX, 0)) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS_MAX);
            return inspect(new Inspection(connection, target, plan));
        } catch (SQLException e) {
            throw ConnectionFailure.of(target, e);
        }
    }

    private static PreflightReport inspect(Inspection inspection) throws SQLException {
        List<Check> checks = new ArrayList<>();
        for (Map.Entry<String, Rule> rule : RULES) {
            checks.add(applied(rule, inspection));
        }
        return new PreflightReport(inspection.target().describe(), checks);
    }

    private static Check applied(Map.Entry<String, Rule> rule, Inspection inspection)
            throws SQLException {
        try {
            return rule.getValue().apply(inspection);
        } catch (SQLException e) {
            if (SqlFailures.isConnectionLost(e)) {
                throw e;
            }
            return Check.unknown(
                    rule.getKey(),
                    "the server does not tell: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "grant role '%s' what is missing, or check by hand"
                            .formatted(inspection.target().user()));
        }
    }
}
