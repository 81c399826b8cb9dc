package io.floodmark.store.tck.history;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// One writer in one round: draws its attempts, makes them, and records what it was told.
///
/// *Threads.* One per writer; it shares [Frontier] and [Findings] with the others.
final class Writer {

    /// Times an append of unknown outcome is sent again before it is left unknown.
    private static final int RESENDS_MAX = 2;

    /// How far back, in positions, a stale `after` lies at most, when it is not the start.
    private static final int STALE_MAX = 64;

    private static final long PAUSE_AFTER_REFUSAL_NANOS = 1_000_000;

    /// What the writers of a run share.
    ///
    /// @param replays counts the appends that were sent again although they were acknowledged
    record Stage(
            HistoryWorkload workload,
            Scene scene,
            Frontier frontier,
            Findings findings,
            AtomicLong replays) {}

    private final Stage stage;
    private final HistoryTarget target;
    private final RoundRecords records;
    private final SeededDraws draws;
    private final int number;

    Writer(Stage stage, HistoryTarget target, RoundRecords records, SeededDraws draws, int number) {
        this.stage = stage;
        this.target = target;
        this.records = records;
        this.draws = draws;
        this.number = number;
    }

    /// Makes the writer's attempts of this round; ends early only when interrupted.
    void run() throws InterruptedException {
        int from = records.firstSlot(number);
        for (int slot = from; slot < from + records.quota(); slot++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            attempt(slot);
        }
    }

    private void attempt(int slot) {
        HistoryWorkload.Mix mix = stage.workload().mix();
        Plan plan = plan(mix);
        records.plan(slot, plan);
        int query = Scene.UNCONDITIONAL;
        long after = 0;
        if (!draws.happens(mix.unconditional())) {
            query = stage.scene().number(plan.boundary(), draws.below(stage.scene().shapes()));
            after = stage.frontier().after(query);
            if (draws.happens(mix.read())) {
                after = read(slot, query, after);
            } else if (draws.happens(mix.stale())) {
                after = stale(after);
            }
        }
        records.query[slot] = query;
        records.after[slot] = after;
        send(slot, stage.scene().events(records.number(slot), plan));
    }

    private Plan plan(HistoryWorkload.Mix mix) {
        int count = stage.workload().boundaries();
        int boundary = draws.happens(stage.workload().contendedShare()) ? 0 : draws.below(count);
        int second = draws.happens(mix.crossing()) ? draws.below(count) : boundary;
        int events = draws.happens(mix.several()) ? 2 + draws.below(Scene.COUNT_MAX - 1) : 1;
        return new Plan(boundary, second, draws.below(Scene.TYPES), events);
    }

    private long stale(long after) {
        return draws.happens(0.5) ? 0 : Math.max(0, after - draws.below(STALE_MAX));
    }

    private AppendCondition condition(int slot) {
        if (records.query[slot] == Scene.UNCONDITIONAL) {
            return AppendCondition.none();
        }
        return AppendCondition.failIfMatch(
                stage.scene().query(records.query[slot]), new Position(records.after[slot]));
    }

    private void send(int slot, List<Event> events) {
        AppendCondition condition = condition(slot);
        records.invoked[slot] = Ticks.nanos();
        Outcome outcome = once(slot, events, condition);
        boolean forsaken =
                outcome == Outcome.UNKNOWN && draws.happens(stage.workload().mix().forsaken());
        int resends = forsaken ? 0 : RESENDS_MAX;
        for (int again = 0; again < resends && outcome == Outcome.UNKNOWN; again++) {
            Outcome later = once(slot, events, condition);
            outcome = later == Outcome.REFUSED ? Outcome.UNKNOWN : later;
        }
        records.returned[slot] = Ticks.nanos();
        records.outcome(slot, outcome);
        switch (outcome) {
            case ACCEPTED -> accepted(slot, events, condition);
            case CONFLICT -> stage.frontier().raise(records.query[slot], records.first[slot]);
            case REFUSED, UNKNOWN -> LockSupport.parkNanos(PAUSE_AFTER_REFUSAL_NANOS);
        }
    }

    private Outcome once(int slot, List<Event> events, AppendCondition condition) {
        try {
            return told(slot, target.append(events, condition, timeout()));
        } catch (StoreException e) {
            return outcome(slot, e);
        } catch (RuntimeException e) {
            undeclared(slot, e);
            return Outcome.UNKNOWN;
        }
    }

    private Outcome told(int slot, AppendResult result) {
        return switch (result) {
            case AppendResult.Appended appended -> {
                records.first[slot] = appended.first().value();
                records.last[slot] = appended.last().value();
                yield Outcome.ACCEPTED;
            }
            case AppendResult.Conflict conflict -> {
                blocked(slot, conflict.blocking());
                yield Outcome.CONFLICT;
            }
            case AppendResult.NothingToAppend _ -> {
                stage.findings()
                        .add(
                                Anomaly.LOST_EVENT,
                                () ->
                                        "attempt %d: NothingToAppend for %d events"
                                                .formatted(
                                                        records.number(slot),
                                                        records.plan(slot).count()));
                yield Outcome.UNKNOWN;
            }
        };
    }

    private Outcome outcome(int slot, StoreException failure) {
        return switch (failure) {
            case StoreUnavailable _, DeadlineExceeded _, StoreOverloaded _, StoreNotReady _ -> {
                stage.findings()
                        .refused(() -> "attempt %d: %s".formatted(records.number(slot), failure));
                yield Outcome.REFUSED;
            }
            case OperationCancelled _ -> {
                Thread.currentThread().interrupt();
                yield Outcome.REFUSED;
            }
            case AppendOutcomeUnknown _ -> Outcome.UNKNOWN;
            case DuplicateEventId _ -> {
                undeclared(slot, failure);
                yield Outcome.UNKNOWN;
            }
        };
    }

    private void undeclared(int slot, RuntimeException failure) {
        stage.findings()
                .add(
                        Anomaly.UNDECLARED_FAILURE,
                        () -> "attempt %d: %s".formatted(records.number(slot), failure));
    }

    private void blocked(int slot, RecordedEvent blocking) {
        records.first[slot] = blocking.position().value();
        if (records.query[slot] == Scene.UNCONDITIONAL) {
            stage.findings()
                    .add(
                            Anomaly.FALSE_CONFLICT,
                            () ->
                                    "attempt %d had no condition, blocked by %s"
                                            .formatted(records.number(slot), blocking));
            return;
        }
        Query query = stage.scene().query(records.query[slot]);
        if (!query.matches(blocking.event())
                || blocking.position().value() <= records.after[slot]) {
            stage.findings()
                    .add(
                            Anomaly.FALSE_CONFLICT,
                            () ->
                                    "attempt %d after %d of %s, blocked by %s"
                                            .formatted(
                                                    records.number(slot),
                                                    records.after[slot],
                                                    query,
                                                    blocking));
        }
    }

    private void accepted(int slot, List<Event> events, AppendCondition condition) {
        int query = records.query[slot];
        if (query == Scene.UNCONDITIONAL) {
            int own = stage.scene().number(records.plan(slot).boundary(), 0);
            stage.frontier().raise(own, records.last[slot]);
        } else {
            raiseTo(slot, events, stage.scene().query(query));
        }
        if (draws.happens(stage.workload().mix().replay())) {
            replay(slot, events, condition);
        }
    }

    /// To the last event that matches, not to the last: stores that compare `after` with the last
    /// match for equality are judged on their conflicts, not on this.
    private void raiseTo(int slot, List<Event> events, Query query) {
        for (int place = events.size() - 1; place >= 0; place--) {
            if (query.matches(events.get(place))) {
                stage.frontier().raise(records.query[slot], records.first[slot] + place);
                return;
            }
        }
    }

    private void replay(int slot, List<Event> events, AppendCondition condition) {
        stage.replays().incrementAndGet();
        try {
            AppendResult again = target.append(events, condition, timeout());
            if (!(again instanceof AppendResult.Appended appended
                    && appended.first().value() == records.first[slot]
                    && appended.last().value() == records.last[slot])) {
                stage.findings().add(Anomaly.WRONG_REPLAY, () -> replayed(slot, again.toString()));
            }
        } catch (DuplicateEventId e) {
            stage.findings().add(Anomaly.WRONG_REPLAY, () -> replayed(slot, e.toString()));
        } catch (StoreException e) {
            outcome(slot, e);
        } catch (RuntimeException e) {
            undeclared(slot, e);
        }
    }

    private String replayed(int slot, String answer) {
        return "attempt %d, first at %d to %d, then %s"
                .formatted(records.number(slot), records.first[slot], records.last[slot], answer);
    }

    /// A strong read of what the condition asks; its end is the right `after` for the append.
    private long read(int slot, int query, long after) {
        var request =
                new ReadRequest(
                        stage.scene().query(query),
                        new ReadBounds.After(new Position(after)),
                        new Consistency.Strong());
        records.readInvoked[slot] = Ticks.nanos();
        try (EventStream stream = target.read(request, timeout())) {
            long hash = 0;
            int count = 0;
            while (stream.hasNext()) {
                hash += PositionHash.of(stream.next().position().value());
                count++;
            }
            records.readReturned[slot] = Ticks.nanos();
            records.readAfter[slot] = after;
            records.readUpTo[slot] = stream.readUpTo().value();
            records.readHash[slot] = hash;
            records.readCount[slot] = count;
            records.hasRead[slot] = true;
            return Math.max(after, records.readUpTo[slot]);
        } catch (StoreException e) {
            outcome(slot, e);
            return after;
        } catch (RuntimeException e) {
            undeclared(slot, e);
            return after;
        }
    }

    private Duration timeout() {
        return stage.workload().limits().timeout();
    }
}
