package io.floodmark.bench.contest;

import io.floodmark.local.StatementHook;
import io.floodmark.store.AppendResult;
import io.floodmark.store.StoreUnavailable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A process that appends as it is told through its standard input, many at the same time, and
/// answers through its standard output, until it is killed or its input ends.
public final class ContestProcess implements StatementHook {

    /// A stopped process that nobody kills ends by itself.
    private static final Duration DEATH_WAIT = Duration.ofSeconds(60);

    private static final int ABANDONED = 70;
    private static final int OPEN_TRIES_MAX = 5;

    private final DataOutputStream out;
    private final CountDownLatch death = new CountDownLatch(1);
    private Order.@Nullable Stop stop;
    private int seen;

    private ContestProcess(DataOutputStream out) {
        this.out = out;
    }

    /// No arguments: the first order says what to open.
    public static void main(String[] arguments) throws Exception {
        var out =
                new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err);
        try (var in = new DataInputStream(new BufferedInputStream(System.in))) {
            new ContestProcess(out).serve(in);
        }
    }

    private void serve(DataInputStream in) throws IOException, SQLException {
        if (!(Wire.order(in) instanceof Order.Open open)) {
            throw new IOException("the first order must be to open the store");
        }
        try (OpenSide side = opened(open)) {
            tell(new Answer.Ready());
            while (true) {
                switch (Wire.order(in)) {
                    case Order.Append append ->
                            Thread.ofVirtual().start(() -> append(side, append));
                    case Order.Stop order -> stopAt(order);
                    case Order.Open _ -> throw new IOException("the store is open already");
                }
            }
        } catch (EOFException e) {
            // The judging process has no more orders.
            return;
        }
    }

    /// The harm that is done to others' sessions can meet those of a process that starts.
    private OpenSide opened(Order.Open open) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return OpenSide.open(open, this, OpenSide.APPENDING);
            } catch (StoreUnavailable | SQLException e) {
                if (tries == OPEN_TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private void append(OpenSide side, Order.Append order) {
        Attempt attempt = order.attempt();
        Answer.Told told;
        try {
            told =
                    switch (side.target()
                            .append(attempt.events(), attempt.condition(), attempt.timeout())) {
                        case AppendResult.Appended(var first, var last) ->
                                new Answer.Stored(first.value(), last.value());
                        case AppendResult.Conflict(var blocking) -> new Answer.Blocked(blocking);
                        case AppendResult.NothingToAppend nothing ->
                                new Answer.Failed(Answer.Failure.UNDECLARED, nothing.toString());
                    };
        } catch (RuntimeException e) {
            told = Answer.Failed.of(e);
        }
        tell(new Answer.Outcome(order.number(), told));
    }

    private void tell(Answer answer) {
        try {
            synchronized (out) {
                Wire.write(out, answer);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the judging process has gone", e);
        }
    }

    private synchronized void stopAt(Order.Stop order) {
        stop = order;
        seen = 0;
    }

    @Override
    public void before(Connection connection) {
        reached(Moment.DECIDED);
    }

    @Override
    public void after(Connection connection) throws SQLException {
        reached(connection.getAutoCommit() ? Moment.COMMITTED : Moment.STORED);
    }

    @Override
    public void committed(Connection connection) {
        reached(Moment.COMMITTED);
    }

    private void reached(Moment moment) {
        synchronized (this) {
            if (stop == null || stop.moment() != moment || ++seen < stop.times()) {
                return;
            }
            stop = null;
        }
        tell(new Answer.Stopped(moment));
        try {
            boolean _ = death.await(DEATH_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ABANDONED);
    }
}
