package io.floodmark.store.postgres.tune;

import java.time.Duration;

/// How many connections a rate of operations needs, by Little's law and the probability that an
/// arrival finds none free (Erlang C: random arrivals, one fair queue).
///
/// @param ratePerSecond operations that begin per second
/// @param hold how long one keeps its connection, from taking to giving back
/// @param busy connections in use on average: `ratePerSecond × hold`
/// @param connections the pool's size
/// @param waiting probability that an operation has to wait for a connection
public record PoolSize(
        double ratePerSecond, Duration hold, double busy, int connections, double waiting) {

    /// The probability of waiting that the size keeps to.
    public static final double WAITING_MAX = 0.01;

    /// More busy connections than this are no question for a pool.
    public static final int BUSY_MAX = 1_000;

    private static final double NANOS_PER_SECOND = 1e9;

    /// The smallest pool in which at most [#WAITING_MAX] of the operations wait.
    public static PoolSize of(double ratePerSecond, Duration hold) {
        double busy = ratePerSecond * hold.toNanos() / NANOS_PER_SECOND;
        if (!(ratePerSecond > 0) || !hold.isPositive()) {
            throw new IllegalArgumentException(
                    "rate and hold time must be above 0, were %s/s and %s"
                            .formatted(ratePerSecond, hold));
        }
        if (!(busy <= BUSY_MAX)) {
            throw new IllegalArgumentException(
                    ("%.0f/s × %.3f ms keep %.0f connections busy, more than %d; put several"
                                    + " operations into one transaction")
                            .formatted(ratePerSecond, hold.toNanos() / 1e6, busy, BUSY_MAX));
        }
        int connections = Math.max(1, (int) Math.ceil(busy));
        double waiting = waiting(busy, connections);
        while (waiting > WAITING_MAX) {
            connections++;
            waiting = waiting(busy, connections);
        }
        return new PoolSize(ratePerSecond, hold, busy, connections, waiting);
    }

    /// Erlang C, by the recurrence of Erlang B: B(0) = 1, B(n) = ρB(n−1) / (n + ρB(n−1)).
    static double waiting(double busy, int connections) {
        if (connections <= busy) {
            return 1;
        }
        double blocked = 1;
        for (int n = 1; n <= connections; n++) {
            blocked = busy * blocked / (n + busy * blocked);
        }
        return blocked / (1 - busy / connections * (1 - blocked));
    }
}
