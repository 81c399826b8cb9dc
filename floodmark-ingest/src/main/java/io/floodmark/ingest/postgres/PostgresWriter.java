package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.Sink;
import io.floodmark.store.TimeAndChance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes batches in transactions: ids first, then the events whose ids were free.
///
/// A batch with an event that the database refuses is halved until that event stands alone; it goes
/// to the dead letters. When the connection breaks, also at the commit, the batch is tried again:
/// what the lost transaction had committed is found by its ids.
///
/// Ids go in by COPY as long as all of them are new, which is the rule and costs half as much. A
/// batch with a duplicate meets an error, is begun anew with `ON CONFLICT`, and so are the next
/// ones: duplicates come together, after a sender's retry. *Threads:* for one.
final class PostgresWriter implements Sink.Writer {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);

    /// Also what a missing partition is reported as.
    private static final String CHECK_VIOLATION = "23514";

    private static final Outcome STORED = new Outcome.Stored();
    private static final Outcome DUPLICATE = new Outcome.Duplicate();

    private static final String UNIQUE_VIOLATION = "23505";

    /// Batches after one with a duplicate that expect more of them.
    private static final int WARY_BATCHES = 50;

    private final Session session;
    private final SinkSettings settings;
    private final TimeAndChance source;
    private final DedupIds dedup = new DedupIds();
    private int wary;

    PostgresWriter(Session session, SinkSettings settings, TimeAndChance source) {
        this.session = session;
        this.settings = settings;
        this.source = source;
    }

    @Override
    public Sink.Written write(List<Delivery> batch) {
        @Nullable Outcome[] outcomes = new Outcome[batch.size()];
        Attempt attempt =
                new Attempt(source.randomBits().getAsLong(), source.clock().instant(), false);
        long end = source.nanos().getAsLong() + settings.patience().toNanos();
        while (true) {
            try {
                store(open(batch, outcomes), attempt, outcomes);
                return new Sink.Written(complete(outcomes, STORED), true);
            } catch (SQLException e) {
                LOG.warn("a batch of {} events failed: {}", batch.size(), e.getMessage());
                session.rollback();
                if (!SqlStates.answered(e)) {
                    session.drop();
                }
                attempt = attempt.again();
            }
            if (Thread.currentThread().isInterrupted() || source.nanos().getAsLong() > end) {
                return new Sink.Written(
                        complete(outcomes, new Outcome.Unknown("the database did not answer")),
                        false);
            }
            LockSupport.parkNanos(this, settings.pause().toNanos());
        }
    }

    private List<Row> open(List<Delivery> batch, @Nullable Outcome[] outcomes) {
        List<Row> rows = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            if (outcomes[i] == null) {
                rows.add(new Row(i, dedup.of(batch.get(i)), batch.get(i)));
            }
        }
        return rows;
    }

    private static List<Outcome> complete(@Nullable Outcome[] outcomes, Outcome otherwise) {
        return Arrays.stream(outcomes)
                .map(outcome -> Objects.requireNonNullElse(outcome, otherwise))
                .toList();
    }

    private void store(List<Row> rows, Attempt attempt, @Nullable Outcome[] outcomes)
            throws SQLException {
        try {
            transaction(rows, attempt, outcomes);
        } catch (SQLException e) {
            if (!SqlStates.blamesTheEvent(e)) {
                throw e;
            }
            session.rollback();
            if (CHECK_VIOLATION.equals(e.getSQLState()) && session.lostPartition(attempt.day())) {
                store(rows, attempt, outcomes);
            } else {
                refused(rows, attempt, outcomes, e);
            }
        }
    }

    private void refused(
            List<Row> rows, Attempt attempt, @Nullable Outcome[] outcomes, SQLException reason)
            throws SQLException {
        if (rows.size() > 1) {
            int half = rows.size() / 2;
            store(rows.subList(0, half), attempt, outcomes);
            store(rows.subList(half, rows.size()), attempt, outcomes);
            return;
        }
        Row row = rows.getFirst();
        Connection connection = session.begin(attempt.day());
        session.statements().bury(connection, row, attempt, reason);
        connection.commit();
        outcomes[row.index()] =
                new Outcome.Rejected(
                        new Rejection(
                                Rejection.Code.POISON,
                                "",
                                0,
                                "the database refused it (SQLSTATE %s); it lies with the dead letters"
                                        .formatted(reason.getSQLState())));
    }

    private void transaction(List<Row> rows, Attempt attempt, @Nullable Outcome[] outcomes)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        List<Row> firsts = DedupOrder.firsts(rows);
        Connection connection = session.begin(attempt.day());
        BatchStatements statements = session.statements();
        Predicate<Row> fresh = take(connection, firsts, attempt);
        Predicate<Row> ours =
                attempt.repeated()
                        ? among(statements.committedEarlier(connection, firsts, attempt))
                        : fresh;
        List<Row> toCopy = firsts.stream().filter(fresh).toList();
        if (!toCopy.isEmpty()) {
            statements.copy(connection, toCopy, attempt);
        }
        connection.commit();
        rows.forEach(row -> outcomes[row.index()] = DUPLICATE);
        firsts.stream().filter(ours).forEach(row -> outcomes[row.index()] = STORED);
    }

    /// Takes ids, and tells those that nobody had taken.
    private Predicate<Row> take(Connection connection, List<Row> sorted, Attempt attempt)
            throws SQLException {
        BatchStatements statements = session.statements();
        if (wary == 0 && !attempt.repeated()) {
            try {
                statements.takeAllNew(connection, sorted, attempt);
                return _ -> true;
            } catch (SQLException e) {
                if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback();
                wary = WARY_BATCHES;
            }
        } else if (wary > 0) {
            wary--;
        }
        return among(statements.take(connection, sorted, attempt));
    }

    private static Predicate<Row> among(Set<UUID> ids) {
        return row -> ids.contains(row.id());
    }

    @Override
    public void close() {
        session.close();
    }
}
