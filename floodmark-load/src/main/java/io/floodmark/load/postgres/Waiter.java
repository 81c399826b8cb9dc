package io.floodmark.load.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;

/// A caller that waits for a session, and what it gets: a session or the server's refusal.
///
/// *Threads.* Confined to the lock of its pool, to which its condition belongs.
final class Waiter<S> {

    private final Condition served;
    private Optional<S> session = Optional.empty();
    private Optional<SQLException> failure = Optional.empty();

    Waiter(Condition served) {
        this.served = served;
    }

    void await(long deadlineNanos, LongSupplier nanoClock) throws InterruptedException {
        long left = deadlineNanos - nanoClock.getAsLong();
        while (!served() && left > 0) {
            served.awaitNanos(left);
            left = deadlineNanos - nanoClock.getAsLong();
        }
    }

    void serve(S gift) {
        session = Optional.of(gift);
        served.signal();
    }

    void fail(SQLException refusal) {
        failure = Optional.of(refusal);
        served.signal();
    }

    boolean served() {
        return session.isPresent() || failure.isPresent();
    }

    Optional<S> session() {
        return session;
    }

    S sessionOrFailure() throws SQLException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return session.orElseThrow();
    }
}
