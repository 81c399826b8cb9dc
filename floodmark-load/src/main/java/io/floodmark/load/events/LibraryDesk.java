package io.floodmark.load.events;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.ConflictedOperation;
import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.time.TimeSource;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.StoreException;
import java.time.Duration;
import java.util.List;

/// Performs operations: reads what the decision needs, decides, appends on the condition that
/// nothing came meanwhile.
///
/// After a conflict the decision is read on from where it stood and made anew, with a new event,
/// [RunConfig.Contention#retries()] times. An append whose outcome nobody learnt is repeated
/// unchanged, which the store makes safe.
///
/// *Threads.* Any.
final class LibraryDesk {

    private static final int REPEATS_MAX = 3;

    /// What a call to the store may take when the run has no deadline.
    private static final Duration CALL_MAX = Duration.ofMinutes(1);

    private final EventStore store;
    private final RunConfig.Events events;
    private final Parts parts;

    /// What the desk works with.
    ///
    /// @param known what is likely to be possible
    record Parts(
            TimeSource time,
            Names names,
            Chronicle chronicle,
            Choices choices,
            LibraryState known,
            AppendLedger ledger,
            Tallies tallies) {

        /// The same, with others that count.
        Parts countedBy(AppendLedger otherLedger, Tallies otherTallies) {
            return new Parts(time, names, chronicle, choices, known, otherLedger, otherTallies);
        }
    }

    LibraryDesk(EventStore store, RunConfig.Events events, Parts parts) {
        this.store = store;
        this.events = events;
        this.parts = parts;
    }

    /// One operation of a run.
    ///
    /// @param deadlineNanos when it is given up, or [Long#MAX_VALUE]
    record Wish(Kind kind, long operation, long deadlineNanos) {}

    /// Performs one operation. A wish that the rules refuse is done, with nothing written.
    ///
    /// @throws ConflictedOperation when the retries are used up
    /// @throws DeadlinePassed when there is no time left for the next call
    /// @throws StoreException when the store says so
    void perform(Wish wish) {
        Subject subject = parts.choices().choose(wish.kind(), wish.operation());
        DecisionView view = new DecisionView(parts.names(), subject);
        if (wish.kind() == Kind.READ) {
            read(wish, view);
            return;
        }
        for (int attempt = 0; attempt <= events.contention().retries(); attempt++) {
            if (attempt > 0) {
                parts.tallies().retried();
            }
            view.catchUp(store, timeout(wish));
            switch (Decision.of(wish.kind(), view, events.library().loanLimit())) {
                case Decision.Refused() -> {
                    learn(view);
                    parts.tallies().refused();
                    return;
                }
                case Decision.Happens happens -> {
                    if (appended(wish, attempt, happens, view)) {
                        return;
                    }
                }
            }
        }
        throw new ConflictedOperation();
    }

    private void read(Wish wish, DecisionView view) {
        switch (events.readFrom()) {
            case PRIMARY -> view.catchUp(store, timeout(wish));
            case REPLICA -> view.catchUpEventually(store, timeout(wish));
        }
    }

    /// What a refused wish saw corrects the guess that led to it.
    private void learn(DecisionView view) {
        LibraryState known = parts.known();
        view.subject().book().ifPresent(book -> known.correct(book, view.place()));
        view.subject()
                .reader()
                .ifPresent(reader -> known.correct(reader, view.registered(), view.loans()));
    }

    /// Whether it is written; `false` after a conflict.
    private boolean appended(Wish wish, int attempt, Decision.Happens happens, DecisionView view) {
        Event event = parts.chronicle().event(happens, wish.operation(), attempt);
        AppendCondition condition = AppendCondition.failIfMatch(view.query(), view.readUpTo());
        parts.ledger().sent(wish.operation(), attempt);
        return switch (append(wish, event, condition)) {
            case AppendResult.Appended at -> {
                parts.ledger().acknowledged(wish.operation(), at.first());
                parts.known().apply(happens.fact(), happens.subject());
                parts.tallies().appended(Chronicle.bytes(event), attempt);
                yield true;
            }
            case AppendResult.Conflict _ -> {
                parts.ledger().denied(wish.operation());
                yield false;
            }
            case AppendResult.NothingToAppend() ->
                    throw new IllegalStateException(
                            "the store was given an event and said that there was nothing to append");
        };
    }

    private AppendResult append(Wish wish, Event event, AppendCondition condition) {
        for (int repeat = 0; ; repeat++) {
            try {
                return store.append(List.of(event), condition, timeout(wish));
            } catch (AppendOutcomeUnknown e) {
                if (repeat == REPEATS_MAX) {
                    throw e;
                }
                parts.tallies().repeated();
            } catch (StoreException | DeadlinePassed e) {
                // It speaks of this call alone: an earlier one may still have written.
                if (repeat == 0) {
                    parts.ledger().denied(wish.operation());
                }
                throw e;
            }
        }
    }

    private Duration timeout(Wish wish) {
        if (wish.deadlineNanos() == Long.MAX_VALUE) {
            return CALL_MAX;
        }
        long left = wish.deadlineNanos() - parts.time().nanos();
        if (left <= 0) {
            throw new DeadlinePassed();
        }
        return Duration.ofNanos(left);
    }
}
