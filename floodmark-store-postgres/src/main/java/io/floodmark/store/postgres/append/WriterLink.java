package io.floodmark.store.postgres.append;

import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.session.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writer's link to the server: opens its session when there is none, and replaces a lost one.
///
/// A lost session may still be at work at the server. Before anyone says what became of its last
/// statement, the session is ended there: then the log tells.
///
/// *Threads:* the writer only.
final class WriterLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriterLink.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final DataSource primary;
    private final StoreNames names;
    private final AppendStatement statement;
    private final EngineLimits.Patience patience;
    private final LongSupplier nanoTime;
    private @Nullable WriterSession session;

    WriterLink(
            DataSource primary,
            StoreNames names,
            AppendStatement statement,
            EngineLimits.Patience patience,
            LongSupplier nanoTime) {
        this.primary = primary;
        this.names = names;
        this.statement = statement;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /// The session, opened now if there is none.
    WriterSession open() throws SQLException {
        if (session == null) {
            session =
                    WriterSession.of(
                            primary.getConnection(), statement, names, patience.statement());
        }
        return session;
    }

    /// The session; a new one has made `log` known up to the head.
    WriterSession session(KnownLog log) throws SQLException {
        boolean fresh = session == null;
        WriterSession current = open();
        if (fresh) {
            catchUp(log, current);
            LOG.debug("the writer has a new session; the log is known up to {}", log.head());
        }
        return current;
    }

    /// Drops the lost session for a new one, when the old one can do nothing more at the server.
    void replace(KnownLog log) throws SQLException {
        if (session == null) {
            return;
        }
        int mark = session.mark();
        LOG.debug("the writer's session is lost with a commit under way; it is ended");
        abandon();
        Deadline until = Deadline.in(patience.resolve(), nanoTime);
        while (true) {
            try {
                if (open().fence(mark)) {
                    catchUp(log, open());
                    LOG.debug(
                            "the lost session has ended; whether its commit took effect is known,"
                                    + " the log stands at {}",
                            log.head());
                    return;
                }
            } catch (SQLException e) {
                abandon();
                if (until.hasPassed()) {
                    throw e;
                }
            }
            if (until.hasPassed() || Thread.currentThread().isInterrupted()) {
                abandon();
                throw new SQLException(
                        "the lost session did not end within " + patience.resolve(), "08007");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void catchUp(KnownLog log, WriterSession current) throws SQLException {
        try {
            log.catchUp(current, current.head());
        } catch (SQLException | RuntimeException e) {
            abandon();
            throw e;
        }
    }

    /// Drops the session, whatever its state.
    void abandon() {
        if (session != null) {
            session.abandon();
            session = null;
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
