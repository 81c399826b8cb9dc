package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import io.floodmark.store.StoreException;
import io.floodmark.store.postgres.observe.Footprint;
import io.floodmark.store.postgres.session.Deadline;
import java.util.List;
import java.util.Optional;

/// One call of append, from its caller's side: looks up what the writer cannot know, queues, waits,
/// and starts again when the writer's tail moved past what was looked up.
///
/// *Threads:* the caller only.
final class AppendCall {
    private static final String WHAT = "append";

    private final AppendEngine engine;
    private final List<Event> events;
    private final AppendCondition condition;
    private final Deadline deadline;
    private EncodedAppend append;
    private boolean mustLookUp;
    private boolean maybeStored;

    AppendCall(
            AppendEngine engine, List<Event> events, AppendCondition condition, Deadline deadline) {
        this.engine = engine;
        this.events = events;
        this.condition = condition;
        this.deadline = deadline;
        this.append = encoded(engine.view());
    }

    AppendResult run() {
        Optional<AppendResult> result = tryOnce();
        while (result.isEmpty()) {
            result = tryOnce();
        }
        return result.get();
    }

    private EncodedAppend encoded(EngineView view) {
        return EncodedAppend.of(events, condition, view.layout().promoted());
    }

    /// Empty when the writer could not decide.
    private Optional<AppendResult> tryOnce() {
        EngineView view = engine.view();
        if (append.promotedRevision() != view.layout().promoted().revision()) {
            append = encoded(view);
        }
        Settled settled = Settled.of(append, view);
        if (mustLookUp
                || !settled.reaches(view.tailFirst(), view.newestSegmentFirst(events.size()))) {
            Optional<AppendResult> found = lookUp(settled, view);
            if (found.isPresent()) {
                noteIfStored(found.get());
                return found;
            }
            settled = settled.upTo(view.head());
            deadline.check(WHAT);
        }
        return submit(settled);
    }

    private static void noteIfStored(AppendResult found) {
        if (found instanceof AppendResult.Appended) {
            Footprint.current().repeated();
        }
    }

    private Optional<AppendResult> lookUp(Settled settled, EngineView view) {
        if (!maybeStored) {
            return engine.lookUp(append, settled, view, deadline);
        }
        try {
            // An earlier try may have stored the events: the caller must know, deadline or not.
            return engine.lookUp(
                    append, new Settled(settled.conditionTo(), 0), view, engine.grace());
        } catch (DuplicateEventId e) {
            throw e;
        } catch (StoreException e) {
            throw new AppendOutcomeUnknown(
                    "it could not be looked up whether the events are stored; a retry with the same"
                            + " event ids is safe",
                    e);
        }
    }

    private Optional<AppendResult> submit(Settled settled) {
        return switch (engine.submit(new PendingAppend(append, settled, deadline))) {
            case Outcome.Decided(AppendResult.Conflict conflict, long idsKnownFrom) ->
                    Optional.of(unlessRepeated(conflict, settled, idsKnownFrom));
            case Outcome.Decided(AppendResult result, long _) -> Optional.of(result);
            case Outcome.Unsettled(boolean unknown) -> {
                mustLookUp = true;
                maybeStored |= unknown;
                yield Optional.empty();
            }
            case Outcome.Failed(var failure) -> throw failure.get();
        };
    }

    /// A retry of an append that is stored before the tail meets, as a rule, its own events as the
    /// ones that block it.
    private AppendResult unlessRepeated(
            AppendResult.Conflict conflict, Settled settled, long idsKnownFrom) {
        if (settled.idsTo() >= idsKnownFrom - 1) {
            return conflict;
        }
        Optional<AppendResult> stored =
                engine.repeated(append, settled.idsTo(), idsKnownFrom - 1, deadline);
        stored.ifPresent(AppendCall::noteIfStored);
        return stored.orElse(conflict);
    }
}
