package io.floodmark.store.postgres.subscription;

import io.floodmark.local.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/// Ends sessions of the server at random as the log grows, and twice the server itself: once as a
/// crash does, once by an immediate shutdown. *Threads:* one.
final class Mayhem implements Callable<Mayhem.Done> {
    private static final Duration STALLED = Duration.ofSeconds(60);
    private static final int EVENTS_MIN = 20;
    private static final int EVENTS_SPREAD = 60;

    private final LocalPostgres server;
    private final DataSource source;
    private final Pace pace;
    private final Random random;

    /// @param source of the same server
    Mayhem(LocalPostgres server, DataSource source, Pace pace, Random random) {
        this.server = server;
        this.source = source;
        this.pace = pace;
        this.random = random;
    }

    /// What was done.
    record Done(int sessions, int restarts) {}

    /// Which sessions.
    private enum Victims {
        WRITERS("application_name = 'floodmark-append'"),
        LISTENERS("query LIKE 'LISTEN %'"),
        OPEN_TRANSACTIONS("state IN ('idle in transaction', 'active') AND query LIKE '%pg_sleep%'"),
        READERS("query LIKE '%events%' OR query LIKE '%subscription_progress%'"),
        ANY("true");

        private final String condition;

        Victims(String condition) {
            this.condition = condition;
        }
    }

    @Override
    public Done call() throws InterruptedException {
        int sessions = 0;
        int restarts = 0;
        long next = 0;
        while (pace.isWriting()) {
            next += EVENTS_MIN + random.nextInt(EVENTS_SPREAD);
            if (!pace.awaitStored(next, STALLED)) {
                throw new AssertionError("nothing more was stored; next was " + next);
            }
            if (next > (restarts + 1) * pace.target() / 3 && restarts < 2) {
                restart(restarts++);
            } else {
                sessions += end(Victims.values()[random.nextInt(Victims.values().length)]);
            }
        }
        return new Done(sessions, restarts);
    }

    private void restart(int number) {
        if (number == 0) {
            server.faults().killNine();
        } else {
            server.faults().stopImmediately();
        }
        server.restart();
    }

    private int end(Victims victims) {
        String sql =
                """
                SELECT count(pg_terminate_backend(pid)) FROM (
                    SELECT pid FROM pg_stat_activity
                     WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND (%s)
                     ORDER BY pid %% ? LIMIT ?) chosen
                """
                        .formatted(victims.condition);
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, 2 + random.nextInt(10));
            statement.setInt(2, 1 + random.nextInt(3));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new AssertionError("sessions could not be ended", e);
        }
    }
}
