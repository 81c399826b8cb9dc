package io.floodmark.load.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What an [SQLException] means to a load generator: its class by the SQL standard, and whether the
/// statement may have taken effect although we were not told.
///
/// Pure functions; each looks at the exception and its causes, at most [#CAUSES_MAX] deep.
public final class SqlFailures {

    private static final int CAUSES_MAX = 16;
    private static final String QUERY_CANCELED = "57014";

    /// Sessions that the server ends with these states outside class 08.
    private static final Set<String> SERVER_ENDED_SESSION =
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    /// Connection failures before anything was sent: nothing can have taken effect.
    private static final Set<String> NOTHING_SENT = Set.of("08001", "08003", "08004", "57P03");

    /// "completion unknown" by the standard's own words.
    private static final Set<String> COMPLETION_UNKNOWN = Set.of("08007", "40003");

    /// The classes of PostgreSQL's appendix "Error Codes", and 99, the driver's own.
    private static final Map<String, String> CLASS_NAMES =
            Map.ofEntries(
                    Map.entry("00", "successful completion"),
                    Map.entry("01", "warning"),
                    Map.entry("02", "no data"),
                    Map.entry("03", "SQL statement not yet complete"),
                    Map.entry("08", "connection exception"),
                    Map.entry("09", "triggered action exception"),
                    Map.entry("0A", "feature not supported"),
                    Map.entry("0B", "invalid transaction initiation"),
                    Map.entry("0F", "locator exception"),
                    Map.entry("0L", "invalid grantor"),
                    Map.entry("0P", "invalid role specification"),
                    Map.entry("0Z", "diagnostics exception"),
                    Map.entry("10", "XQuery error"),
                    Map.entry("20", "case not found"),
                    Map.entry("21", "cardinality violation"),
                    Map.entry("22", "data exception"),
                    Map.entry("23", "integrity constraint violation"),
                    Map.entry("24", "invalid cursor state"),
                    Map.entry("25", "invalid transaction state"),
                    Map.entry("26", "invalid SQL statement name"),
                    Map.entry("27", "triggered data change violation"),
                    Map.entry("28", "invalid authorization specification"),
                    Map.entry("2B", "dependent privilege descriptors still exist"),
                    Map.entry("2D", "invalid transaction termination"),
                    Map.entry("2F", "SQL routine exception"),
                    Map.entry("34", "invalid cursor name"),
                    Map.entry("38", "external routine exception"),
                    Map.entry("39", "external routine invocation exception"),
                    Map.entry("3B", "savepoint exception"),
                    Map.entry("3D", "invalid catalog name"),
                    Map.entry("3F", "invalid schema name"),
                    Map.entry("40", "transaction rollback"),
                    Map.entry("42", "syntax error or access rule violation"),
                    Map.entry("44", "WITH CHECK OPTION violation"),
                    Map.entry("53", "insufficient resources"),
                    Map.entry("54", "program limit exceeded"),
                    Map.entry("55", "object not in prerequisite state"),
                    Map.entry("57", "operator intervention"),
                    Map.entry("58", "system error"),
                    Map.entry("72", "snapshot failure"),
                    Map.entry("F0", "configuration file error"),
                    Map.entry("HV", "foreign data wrapper error"),
                    Map.entry("P0", "PL/pgSQL error"),
                    Map.entry("XX", "internal error"),
                    Map.entry("99", "unexpected driver error"));

    private SqlFailures() {}

    /// The class of the first SQLSTATE found, with its name: `23 integrity constraint violation`.
    public static String classify(SQLException failure) {
        return firstState(failure).map(SqlFailures::className).orElse("no SQLSTATE");
    }

    private static String className(String state) {
        String code = state.substring(0, 2);
        return code + " " + CLASS_NAMES.getOrDefault(code, "unknown class");
    }

    /// Whether the connection is gone and with it everything that the session held.
    public static boolean isConnectionLost(SQLException failure) {
        return anyCause(failure, SqlFailures::tellsLoss);
    }

    private static boolean tellsLoss(Throwable cause) {
        return cause instanceof IOException
                || (cause instanceof SQLException sql
                        && hasState(
                                sql,
                                state ->
                                        state.startsWith("08")
                                                || SERVER_ENDED_SESSION.contains(state)));
    }

    /// Whether the statement may or may not have taken effect: the connection was lost, or the
    /// statement was cancelled, after it was sent.
    ///
    /// A cancelled statement counts although an error normally means that it was rolled back: the
    /// caller cannot tell which of several statements of its operation the cancel met.
    public static boolean outcomeUnknown(SQLException failure) {
        Optional<String> state = firstState(failure);
        if (state.filter(NOTHING_SENT::contains).isPresent()) {
            return false;
        }
        return state.filter(COMPLETION_UNKNOWN::contains).isPresent()
                || isCancelled(failure)
                || isConnectionLost(failure);
    }

    /// Whether the server says that it cancelled the statement.
    static boolean isCancelled(SQLException failure) {
        return firstState(failure).filter(QUERY_CANCELED::equals).isPresent();
    }

    /// The first well-formed SQLSTATE among the failure and its causes.
    static Optional<String> firstState(SQLException failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof SQLException sql && hasState(sql, _ -> true)) {
                return Optional.of(sql.getSQLState());
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    static boolean anyCause(Throwable failure, Predicate<Throwable> test) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (test.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean hasState(SQLException failure, Predicate<String> test) {
        String state = failure.getSQLState();
        return state != null && state.length() == 5 && test.test(state);
    }
}
