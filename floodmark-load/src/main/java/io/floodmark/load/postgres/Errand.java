package io.floodmark.load.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/// A job beside the load, on a connection of its own, in which no answer of the server may take
/// longer than a limit: by then the server gives the statement up (`statement_timeout`), and when
/// it does not even do that, because it is frozen, the connection is broken off [#GRACE] later.
///
/// *Threads.* Any; each [#run] has its own connection and blocks its caller.
///
/// @param answerMax the limit
public record Errand(ConnectionTarget target, Duration answerMax) {

    /// What the server gets to give a statement up, and the network to tell.
    public static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int PREPARE_AT_ONCE = 1;

    private static final String LIMIT_STATEMENTS =
            """
            SELECT set_config('statement_timeout', ?, false)
            """;

    /// What is to be done.
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Does `work` on a connection in auto-commit mode, which is closed afterwards.
    ///
    /// @throws ConnectionFailure when the server cannot be reached, refuses, or takes too long
    public <T> T run(Work<T> work) {
        try (Connection connection = target.connect(CONNECT_MAX, PREPARE_AT_ONCE)) {
            return limited(connection, work);
        } catch (SQLException e) {
            throw ConnectionFailure.of(target, e);
        }
    }

    private <T> T limited(Connection connection, Work<T> work) {
        try {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(answerMax.plus(GRACE).toMillis()));
            try (PreparedStatement limit = connection.prepareStatement(LIMIT_STATEMENTS)) {
                limit.setString(1, answerMax.toMillis() + "ms");
                limit.execute();
            }
            return work.on(connection);
        } catch (SQLException e) {
            throw ConnectionFailure.within(answerMax, target, e);
        }
    }
}
