package io.floodmark.store.postgres.subscription;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.StoreException;
import io.floodmark.store.postgres.PostgresEventStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/// Appends random events until enough are stored, each until it is acknowledged: half of the
/// writers by group commit, half in transactions of their own, which they leave open for a while
/// and sometimes roll back. *Threads:* one.
final class Writer implements Callable<List<Writer.Acknowledged>> {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final double LONG_SECONDS = 0.3;
    private static final double SHORT_SECONDS = 0.03;

    private final PostgresEventStore store;
    private final DataSource source;
    private final Pace pace;
    private final Random random;
    private final boolean ownTransactions;
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /// @param source the server's, for transactions of one's own
    Writer(
            PostgresEventStore store,
            DataSource source,
            Pace pace,
            Random random,
            boolean ownTransactions) {
        this.store = store;
        this.source = source;
        this.pace = pace;
        this.random = random;
        this.ownTransactions = ownTransactions;
    }

    /// Events and where they were said to be.
    record Acknowledged(List<Event> events, AppendResult.Appended where) {}

    @Override
    public List<Acknowledged> call() throws InterruptedException {
        while (pace.isWriting()) {
            List<Event> events = Draws.events(random);
            while (!isStored(events) && !pace.isAborted()) {
                pace.pause();
            }
        }
        return acknowledged;
    }

    private boolean isStored(List<Event> events) {
        try {
            AppendResult result =
                    ownTransactions
                            ? inTransaction(events)
                            : store.append(events, AppendCondition.none(), TIMEOUT);
            if (result instanceof AppendResult.Appended where) {
                acknowledged.add(new Acknowledged(events, where));
                pace.stored(events.size());
                return true;
            }
            return false;
        } catch (SQLException | StoreException e) {
            // Perhaps stored: the same events again are the same append.
            return false;
        }
    }

    /// Its transaction id can be much older than its position, and its position than its commit.
    private AppendResult inTransaction(List<Event> events) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            if (random.nextInt(3) == 0) {
                hold(connection, "SELECT pg_current_xact_id(), pg_sleep(?)", SHORT_SECONDS);
            }
            AppendResult result = store.append(connection, events, AppendCondition.none());
            boolean isLong = random.nextInt(20) == 0;
            hold(connection, "SELECT pg_sleep(?)", isLong ? LONG_SECONDS : SHORT_SECONDS);
            if (random.nextInt(5) == 0) {
                connection.rollback();
                return new AppendResult.NothingToAppend();
            }
            connection.commit();
            return result;
        }
    }

    private void hold(Connection connection, String sql, double secondsMax) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, random.nextDouble() * secondsMax);
            statement.execute();
        }
    }

    @Override
    public String toString() {
        return "writer" + (ownTransactions ? " with transactions of its own" : "");
    }
}
