package io.floodmark.load.preflight;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Settings of the server under which a result means something else than the user may think.
final class SettingRules {

    static final String VERSION = "version";
    static final String AUTOVACUUM = "autovacuum";
    static final String STATEMENT_TIMEOUT = "statement timeout";
    static final String DURABILITY = "durability";

    private static final int OLDEST_MAJOR = 15;
    private static final int NEWEST_MAJOR = 18;
    private static final int VERSIONS_PER_MAJOR = 10_000;

    private static final String READ_VERSION =
            """
            SELECT current_setting('server_version_num')::int, current_setting('server_version')
            """;

    private static final String READ_AUTOVACUUM =
            """
            SELECT current_setting('autovacuum') = 'on' AND current_setting('track_counts') = 'on'
            """;

    /// What new sessions of this role and database get, in milliseconds.
    private static final String READ_STATEMENT_TIMEOUT =
            """
            SELECT reset_val::bigint FROM pg_settings WHERE name = 'statement_timeout'
            """;

    private static final String READ_DURABILITY =
            """
            SELECT name || ' = ' || setting
              FROM pg_settings
             WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
             ORDER BY name
            """;

    private SettingRules() {}

    static Check version(Inspection inspection) throws SQLException {
        return inspection.one(READ_VERSION, row -> version(row.getInt(1), row.getString(2)));
    }

    static Check version(int number, String text) {
        int major = number / VERSIONS_PER_MAJOR;
        return major >= OLDEST_MAJOR && major <= NEWEST_MAJOR
                ? Check.pass(VERSION, "PostgreSQL " + text)
                : Check.warn(
                        VERSION,
                        "PostgreSQL %s is outside %d to %d, the versions known here"
                                .formatted(text, OLDEST_MAJOR, NEWEST_MAJOR),
                        "trust the checks less than usual");
    }

    static Check autovacuum(Inspection inspection) throws SQLException {
        return inspection.one(READ_AUTOVACUUM, row -> row.getBoolean(1))
                ? Check.pass(AUTOVACUUM, "autovacuum is on")
                : Check.warn(
                        AUTOVACUUM,
                        "autovacuum or track_counts is off: updated tables bloat and plans go stale",
                        "switch both on, unless that is what you measure");
    }

    static Check statementTimeout(Inspection inspection) throws SQLException {
        Duration deadline = inspection.plan().deadline();
        return inspection.one(
                READ_STATEMENT_TIMEOUT,
                row -> statementTimeout(Duration.ofMillis(row.getLong(1)), deadline));
    }

    static Check statementTimeout(Duration timeout, Duration deadline) {
        if (timeout.isZero()) {
            return Check.pass(STATEMENT_TIMEOUT, "no statement_timeout");
        }
        boolean shorter = deadline.isZero() || timeout.compareTo(deadline) < 0;
        String sentence =
                "statement_timeout is %d ms, the deadline %s"
                        .formatted(
                                timeout.toMillis(),
                                deadline.isZero() ? "none" : deadline.toMillis() + " ms");
        return shorter
                ? Check.warn(
                        STATEMENT_TIMEOUT,
                        sentence + ": the server ends statements before we do",
                        "raise it for this role, or set a deadline below it")
                : Check.pass(STATEMENT_TIMEOUT, sentence);
    }

    static Check durability(Inspection inspection) throws SQLException {
        List<String> off =
                new ArrayList<>(inspection.all(READ_DURABILITY, row -> row.getString(1)));
        return off.isEmpty()
                ? Check.pass(
                        DURABILITY, "fsync, full_page_writes and synchronous_commit are in force")
                : Check.warn(
                        DURABILITY,
                        "durability is off (%s): results hold only without it"
                                .formatted(String.join(", ", off)),
                        "switch it on to measure what a safe server does");
    }
}
