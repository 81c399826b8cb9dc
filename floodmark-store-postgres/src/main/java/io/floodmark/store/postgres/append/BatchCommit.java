package io.floodmark.store.postgres.append;

import io.floodmark.store.observe.CommitEnd.Mode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits batches: decides, stores, answers; and finds out what happened when that failed.
///
/// A batch is tried without a lock first. When another process moved the head meanwhile, it is
/// decided again with the head locked, which cannot fail for that reason; the following batches
/// lock at once as long as others write.
///
/// *Threads:* the writer only.
final class BatchCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchCommit.class);

    /// Bounds the tries of a batch that time-outs and locks keep from being stored; the deadlines
    /// of its requests usually end them before.
    private static final int TRIES_MAX = 100;

    /// Batches in a row without a foreign event after which the head is no longer locked.
    private static final int CALM_BATCHES = 8;

    private final WriterLink link;
    private final KnownLog log;
    private final SegmentsAhead segments;
    private final BatchWatch watch;
    private int lockedBatches;

    BatchCommit(WriterLink link, KnownLog log, SegmentsAhead segments, BatchWatch watch) {
        this.link = link;
        this.log = log;
        this.segments = segments;
        this.watch = watch;
    }

    /// Gives each of `batch` an outcome: stored ones after the commit is durable.
    void commit(List<PendingAppend> batch) {
        List<PendingAppend> open = batch;
        for (int tries = 1; !open.isEmpty(); tries++) {
            if (tries > TRIES_MAX) {
                String what = "the batch could not be stored in %d tries".formatted(TRIES_MAX);
                Answers.fail(open, what, new IllegalStateException(what));
                return;
            }
            tryOnce(new Attempt(open, log.head()));
            open = open.stream().filter(request -> !request.completed()).toList();
        }
    }

    private void tryOnce(Attempt attempt) {
        try {
            runOrRecover(attempt);
        } catch (RuntimeException | Error e) {
            attempt.takeBack(log);
            link.abandon();
            Answers.fail(attempt.requests(), "the writer failed with " + e, e);
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private void runOrRecover(Attempt attempt) {
        try {
            run(attempt);
        } catch (SQLException e) {
            attempt.takeBack(log);
            recover(attempt, e);
        }
    }

    private void run(Attempt attempt) throws SQLException {
        watch.tried(lockedBatches > 0 ? Mode.LOCKED : Mode.OPTIMISTIC);
        watch.toServer();
        WriterSession session = link.session(log);
        if (lockedBatches > 0) {
            lock(session);
        }
        watch.fromServer(attempt);
        attempt.decide(log);
        if (attempt.accepted().isEmpty()) {
            session.release();
            answer(attempt);
            return;
        }
        attempt.sent();
        watch.toServer();
        Optional<Instant> recordedAt = session.commit(attempt.head(), attempt.accepted());
        watch.fromServer(attempt);
        attempt.answered();
        if (recordedAt.isPresent()) {
            watch.stored(attempt);
            log.committed(attempt.head(), recordedAt.get());
            segments.reached(log.head().position());
            answer(attempt);
        } else {
            attempt.takeBack(log);
            session.release();
            LOG.debug("another process appends too: batches hold the head while it does");
            lockedBatches = CALM_BATCHES;
        }
    }

    private void lock(WriterSession session) throws SQLException {
        Head head = session.lockHead();
        lockedBatches = head.equals(log.head()) ? lockedBatches - 1 : CALM_BATCHES;
        log.catchUp(session, head);
    }

    private void answer(Attempt attempt) {
        Answers.give(attempt.requests(), attempt.decisions(), log.view().tailFirst());
    }

    private void recover(Attempt attempt, SQLException e) {
        watch.fromServer(attempt);
        CommitFailure failure = CommitFailure.of(e);
        LOG.debug(
                "a batch of {} appends was not stored at once: {}, SQLSTATE {}",
                attempt.requests().size(),
                failure,
                e.getSQLState());
        if (failure != CommitFailure.LOST) {
            attempt.answered();
        }
        try {
            switch (failure) {
                case LOST -> lost(attempt);
                case BUSY -> link.session(log).release();
                case DUPLICATE -> lookUpIds(attempt, e);
                case NO_SEGMENT -> makeSegments(attempt);
                case REFUSED -> refuse(attempt, e);
            }
        } catch (SQLException next) {
            next.addSuppressed(e);
            link.abandon();
            Answers.fail(attempt.requests(), "the server is not available: " + next, next);
        }
    }

    private void lost(Attempt attempt) throws SQLException {
        if (attempt.isSent()) {
            attempt.lost();
            link.replace(log);
        } else {
            link.abandon();
        }
    }

    /// Some ids are stored, in the newest segment but before the tail: their callers look them up.
    private void lookUpIds(Attempt attempt, SQLException e) throws SQLException {
        WriterSession session = link.session(log);
        session.release();
        List<UUID> ids =
                attempt.accepted().stream().flatMap(append -> append.ids().stream()).toList();
        Set<UUID> stored = session.stored(ids);
        if (stored.isEmpty()) {
            refuse(attempt, e);
            return;
        }
        attempt.requests().stream()
                .filter(request -> request.append().ids().stream().anyMatch(stored::contains))
                .forEach(request -> request.complete(new Outcome.Unsettled(true)));
    }

    private void makeSegments(Attempt attempt) throws SQLException {
        WriterSession session = link.session(log);
        session.release();
        int events = attempt.accepted().stream().mapToInt(append -> append.events().size()).sum();
        segments.ensure(session.connection(), attempt.head().position() + events);
    }

    /// The server refuses the statement. If a single request can be the cause, each is tried alone.
    private void refuse(Attempt attempt, SQLException e) throws SQLException {
        link.session(log).release();
        switch (Refusal.of(e)) {
            case Refusal.OfServer(var failure) -> {
                link.abandon();
                attempt.requests().forEach(r -> r.complete(new Outcome.Failed(failure)));
            }
            case Refusal.OfContent(var failure) when attempt.requests().size() == 1 ->
                    attempt.requests().getFirst().complete(new Outcome.Failed(failure));
            case Refusal.OfContent _ ->
                    attempt.requests().forEach(request -> commit(List.of(request)));
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
