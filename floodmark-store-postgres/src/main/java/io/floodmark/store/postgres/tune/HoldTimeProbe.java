package io.floodmark.store.postgres.tune;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/// Measures how long an operation holds its connection: sessions that repeat a small operation for
/// a short time, without pause. It leaves no rows behind.
///
/// On a primary the operation is one durable commit (a message into the log, of which no table
/// knows); on a replica one round trip. Real operations hold their connection longer by the work
/// that they do.
///
/// *Threads:* one virtual thread per session, all ended when a method returns.
public final class HoldTimeProbe {

    /// More sessions are never opened.
    public static final int SESSIONS_MAX = 64;

    private static final String COMMIT = "SELECT pg_logical_emit_message(true, 'floodmark', '')";
    private static final String ROUND_TRIP = "SELECT 1";
    private static final int SAMPLES_MAX = 200_000;
    private static final int WARM_UP = 50;

    private final Connections connections;
    private final Role role;
    private final LongSupplier nanoTime;

    /// @param nanoTime a clock as [System#nanoTime()]
    public HoldTimeProbe(Connections connections, Role role, LongSupplier nanoTime) {
        this.connections = connections;
        this.role = role;
        this.nanoTime = nanoTime;
    }

    /// What was measured.
    ///
    /// @param operation in words
    /// @param sessions how many worked at once
    /// @param perSecond operations of all sessions together
    /// @param mean mean hold time; `perSecond × mean` is the number of busy sessions
    /// @param p99 hold time that 1 % exceed
    public record Measured(
            String operation, int sessions, double perSecond, Duration mean, Duration p99) {}

    /// Measures for `length` with `sessions` sessions.
    public Measured measure(int sessions, Duration length) {
        if (sessions < 1 || sessions > SESSIONS_MAX) {
            throw new IllegalArgumentException(
                    "sessions must be in 1..%d, was %d".formatted(SESSIONS_MAX, sessions));
        }
        long[] samples;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                running.add(executor.submit(() -> session(length)));
            }
            samples = collect(running);
        }
        return summary(sessions, samples);
    }

    private long[] session(Duration length) throws SQLException {
        String sql = role == Role.PRIMARY ? COMMIT : ROUND_TRIP;
        try (Connection connection = connections.open();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < WARM_UP; i++) {
                statement.execute();
            }
            long[] samples = new long[SAMPLES_MAX];
            int count = 0;
            long start = nanoTime.getAsLong();
            long now = start;
            while (now - start < length.toNanos() && count < SAMPLES_MAX) {
                statement.execute();
                long end = nanoTime.getAsLong();
                samples[count++] = end - now;
                now = end;
            }
            return Arrays.copyOf(samples, count);
        }
    }

    private static long[] collect(List<Future<long[]>> running) {
        List<long[]> all = new ArrayList<>();
        try {
            for (Future<long[]> session : running) {
                all.add(session.get());
            }
        } catch (ExecutionException e) {
            running.forEach(session -> session.cancel(true));
            if (e.getCause() instanceof SQLException failure) {
                throw TunedServer.failed("the probe could not work", failure);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            running.forEach(session -> session.cancel(true));
            Thread.currentThread().interrupt();
            throw new TuningException("the probe was interrupted", e);
        }
        return all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }

    private Measured summary(int sessions, long[] sorted) {
        if (sorted.length == 0) {
            throw new TuningException("the probe was too short for one operation; lengthen it");
        }
        double meanNanos = Arrays.stream(sorted).average().orElseThrow();
        // Each session works without pause, so that busy = sessions and Little's law gives the
        // rate.
        double perSecond = sessions / meanNanos * 1e9;
        return new Measured(
                role == Role.PRIMARY ? "durable commit" : "round trip",
                sessions,
                perSecond,
                Duration.ofNanos(Math.round(meanNanos)),
                Duration.ofNanos(sorted[(int) Math.ceil(sorted.length * 0.99) - 1]));
    }
}
