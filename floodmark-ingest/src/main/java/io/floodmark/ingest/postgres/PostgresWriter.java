package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.Sink;
import io.floodmark.store.TimeAndChance;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes batches in transactions: looks up which events are there, then copies the others.
///
/// A batch with an event that the database refuses is halved until that event stands alone; it goes
/// to the dead letters. When the connection breaks, also at the commit, the batch is tried again:
/// what the lost transaction had committed is found and carries its number.
///
/// Days that are over are looked through always, the current one only where duplicates are
/// expected, because its unique index finds them too: the copy meets an error, and the batch is
/// begun anew with a look. So are the next ones: duplicates come together, after a sender's retry.
/// *Threads:* for one.
final class PostgresWriter implements Sink.Writer {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);

    /// Also what a missing partition is reported as.
    private static final String CHECK_VIOLATION = "23514";

    private static final Outcome STORED = new Outcome.Stored();
    private static final Outcome DUPLICATE = new Outcome.Duplicate();

    private static final String UNIQUE_VIOLATION = "23505";

    /// Batches after one with a duplicate that expect more of them.
    private static final int WARY_BATCHES = 50;

    /// How often others may come first, with an event of the batch or a change of its partition. A
    /// single event's id can be stored by others once, so what goes on is the event's own fault.
    private static final int RACES_MAX = 10;

    private final Session session;
    private final SinkSettings settings;
    private final TimeAndChance source;
    private int wary;

    PostgresWriter(Session session, SinkSettings settings, TimeAndChance source) {
        this.session = session;
        this.settings = settings;
        this.source = source;
    }

    @Override
    public Sink.Written write(List<Delivery> batch) {
        @Nullable Outcome[] outcomes = new Outcome[batch.size()];
        Attempt attempt = new Attempt();
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
                attempt.again();
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
                rows.add(Row.of(i, batch.get(i)));
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
        for (int races = 0; ; races++) {
            try {
                transaction(rows, attempt, outcomes);
                return;
            } catch (SQLException e) {
                if (!SqlStates.answered(e)) {
                    throw e;
                }
                session.rollback();
                if (races == RACES_MAX || !cameLate(e)) {
                    if (!SqlStates.blamesTheEvent(e)) {
                        throw e;
                    }
                    refused(rows, attempt, outcomes, e);
                    return;
                }
            }
        }
    }

    /// Whether the error came from what others did meanwhile, which is known now.
    private boolean cameLate(SQLException e) throws SQLException {
        return switch (String.valueOf(e.getSQLState())) {
            case UNIQUE_VIOLATION -> {
                wary = WARY_BATCHES;
                yield true;
            }
            case Partitions.DAY_IS_OVER -> {
                session.dayIsOver();
                yield true;
            }
            case CHECK_VIOLATION -> session.lostPartition();
            default -> false;
        };
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
        Begun begun = session.begin();
        session.statements().bury(begun.connection(), row, begun.stamp(), reason);
        begun.connection().commit();
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
        List<Row> firsts = Row.firsts(rows);
        Begun begun = session.begin();
        Map<Identity, Long> there = there(begun, firsts, attempt);
        attempt.begins(begun.stamp());
        List<Row> fresh =
                firsts.stream().filter(row -> !there.containsKey(row.identity())).toList();
        if (!fresh.isEmpty()) {
            session.statements().copy(begun.connection(), fresh, begun.stamp());
        }
        begun.connection().commit();
        rows.forEach(row -> outcomes[row.index()] = DUPLICATE);
        for (Row row : firsts) {
            Long writer = there.get(row.identity());
            if (writer == null || attempt.wrote(writer)) {
                outcomes[row.index()] = STORED;
            }
        }
        attempt.ends(begun.stamp());
    }

    private Map<Identity, Long> there(Begun begun, List<Row> rows, Attempt attempt)
            throws SQLException {
        LocalDate day = begun.stamp().day();
        boolean lookAtToday = wary > 0 || attempt.repeated();
        if (wary > 0) {
            wary--;
        }
        if (!lookAtToday && !begun.looksBack()) {
            return Map.of();
        }
        LocalDate from = attempt.first(begun.lookFrom());
        LocalDate until = lookAtToday ? day.plusDays(1) : day;
        return session.statements().there(begun.connection(), rows, from, until);
    }

    @Override
    public void close() {
        session.close();
    }
}
