package io.floodmark.bench.contest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does harm every now and then: kills a process at a random moment, has one stop within an append
/// and be killed there, or terminates a session at the server.
///
/// *Threads.* One of its own, until closed.
final class Harm implements AutoCloseable {

    /// Prefers the sessions that write: each holds an advisory lock.
    private static final String TERMINATE =
            """
            SELECT pg_terminate_backend(pid) FROM (
                SELECT pid FROM pg_stat_activity
                 WHERE application_name = ?
                 ORDER BY (pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')) DESC,
                          random()
                 LIMIT 1) AS victim
            """;

    /// A process that is to stop does so at one of its next batches.
    private static final int BATCHES_MAX = 20;

    private static final List<Moment> MOMENTS = List.of(Moment.values());

    /// One part each for sessions and for random moments, the others for chosen moments.
    private static final int KINDS = 5;

    private final Order.Open open;
    private final List<ProcessPlace> places;
    private final Tally tally;
    private final Plan plan;
    private final SplittableRandom draws;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    Harm(Order.Open open, List<ProcessPlace> places, Tally tally, Plan plan) {
        this.open = open;
        this.places = List.copyOf(places);
        this.tally = tally;
        this.plan = plan;
        this.draws = new SplittableRandom(plan.seed());
        this.thread = Thread.ofPlatform().name("contest-harm").daemon().start(this::run);
    }

    private void run() {
        try {
            while (!end.await(pause(), TimeUnit.NANOSECONDS)) {
                harm();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long pause() {
        return (long) (plan.harmEvery().toNanos() * (0.5 + draws.nextDouble()));
    }

    private void harm() {
        ProcessPlace place = places.get(draws.nextInt(places.size()));
        if (plan.side() == Side.SINGLE_STATEMENT) {
            // It has no moments to stop at, and does not recover from a lost session.
            place.living().ifPresent(RunningProcess::kill);
            return;
        }
        switch (draws.nextInt(KINDS)) {
            case 0 -> terminate();
            case 1 -> place.living().ifPresent(RunningProcess::kill);
            default -> {
                Moment moment = MOMENTS.get(draws.nextInt(MOMENTS.size()));
                int times = 1 + draws.nextInt(BATCHES_MAX);
                place.living().ifPresent(process -> process.stopAt(moment, times));
            }
        }
    }

    private void terminate() {
        try (Connection connection = OpenSide.connection(open, OpenSide.JUDGING);
                PreparedStatement statement = connection.prepareStatement(TERMINATE)) {
            statement.setString(1, OpenSide.APPENDING);
            try (ResultSet row = statement.executeQuery()) {
                tally.terminated(row.next() ? 1 : 0);
            }
        } catch (SQLException e) {
            // Then no session is harmed this time.
            return;
        }
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
