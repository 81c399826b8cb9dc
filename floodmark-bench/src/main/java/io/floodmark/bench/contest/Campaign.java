package io.floodmark.bench.contest;

import io.floodmark.load.time.SystemTime;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.StatementHook;
import io.floodmark.store.tck.history.HistoryReport;
import io.floodmark.store.tck.history.HistoryRunner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A contest from the first process to the last look at the log.
final class Campaign implements AutoCloseable {

    private static final Duration UP_MAX = Duration.ofMinutes(2);
    private static final Duration QUIET_MAX = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?";
    private static final StatementHook NOTHING_HAPPENS = new StatementHook() {};

    private final Plan plan;
    private final Order.Open open;
    private final Consumer<String> tell;
    private final Tally tally = new Tally();
    private final OpenSide judgesOwn;
    private final List<ProcessPlace> places = new ArrayList<>();
    private final long started = SystemTime.INSTANCE.nanos();

    /// Makes the store and starts the processes.
    ///
    /// @param tell takes lines for people
    Campaign(Plan plan, LocalPostgres server, Consumer<String> tell) throws SQLException {
        this.plan = plan;
        this.tell = tell;
        this.open =
                new Order.Open(
                        plan.side(), server.url(), server.user(), server.password(), "contest");
        OpenSide.create(open);
        judgesOwn = OpenSide.open(open, NOTHING_HAPPENS, OpenSide.JUDGING);
        for (int i = 0; i < plan.processes(); i++) {
            places.add(new ProcessPlace(open, judgesOwn.target(), tally));
        }
    }

    /// What came of it.
    ///
    /// @param seconds from the first process to the last look at the log
    record Ended(HistoryReport report, Tally tally, double seconds) {}

    Ended run() throws Exception {
        for (ProcessPlace place : places) {
            place.awaitUp(UP_MAX);
        }
        HistoryReport report;
        try (var harm = new Harm(open, places, tally, plan)) {
            report =
                    HistoryRunner.run(
                            plan.workload(), List.copyOf(places), soFar -> goesOn(soFar, harm));
        }
        return new Ended(report, tally, seconds());
    }

    private boolean goesOn(HistoryReport soFar, Harm harm) throws InterruptedException {
        HistoryReport.Totals totals = soFar.totals();
        tell.accept(
                ("%,d contested, %,.0f attempts/s: %,d accepted, %,d conflicts, %,d refused,"
                                + " %,d unknown; %d kills, %d sessions terminated; %d anomalies")
                        .formatted(
                                contested(soFar),
                                totals.attempts() / seconds(),
                                totals.accepted(),
                                totals.conflicts(),
                                totals.refused(),
                                totals.unknown(),
                                tally.kills(),
                                tally.backends(),
                                soFar.counts().values().stream().mapToLong(Long::longValue).sum()));
        if (contested(soFar) < plan.contested()
                && seconds() < plan.timeMax().toMillis() / 1_000.0) {
            return true;
        }
        harm.close();
        quieten();
        return false;
    }

    /// Conditional attempts that the store did not refuse.
    static long contested(HistoryReport report) {
        return Math.max(0, report.totals().conditional() - report.totals().refused());
    }

    private double seconds() {
        return (SystemTime.INSTANCE.nanos() - started) / 1e9;
    }

    /// Ends all processes and waits until nothing of them is at work at the server, so that the log
    /// does not change any more.
    private void quieten() throws InterruptedException {
        places.forEach(ProcessPlace::close);
        long end = SystemTime.INSTANCE.nanos() + QUIET_MAX.toNanos();
        while (sessions() > 0) {
            if (SystemTime.INSTANCE.nanos() > end || Thread.interrupted()) {
                throw new IllegalStateException(
                        "sessions of ended processes are still there after " + QUIET_MAX);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private long sessions() {
        try (Connection connection = OpenSide.connection(open, OpenSide.JUDGING);
                PreparedStatement statement = connection.prepareStatement(SESSIONS)) {
            statement.setString(1, OpenSide.APPENDING);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the server's sessions could not be listed", e);
        }
    }

    /// Ends the processes, if they still live, and the judge's own store.
    @Override
    public void close() throws SQLException {
        places.forEach(ProcessPlace::close);
        judgesOwn.close();
    }
}
