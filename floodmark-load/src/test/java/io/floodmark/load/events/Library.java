package io.floodmark.load.events;

import io.floodmark.load.config.ConfigInputs;
import io.floodmark.load.config.ConfigLoader;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.Draws;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of the workload around a store, with a small library.
final class Library {

    static final String RUN = "run1";

    private static final long SEED = 42;
    private static final Duration CALL_MAX = Duration.ofSeconds(5);

    final EventStore store;
    final RunConfig.Events events;
    final Names names = new Names(RUN);
    final AppendLedger ledger = new AppendLedger();
    final Tallies tallies = new Tallies();
    final LibraryState known;
    final Chronicle chronicle =
            new Chronicle(names, SEED, SystemTime.INSTANCE, Instant.parse("2026-01-02T03:04:05Z"));

    Library(EventStore store, String... flags) {
        this.store = store;
        this.events = config(flags).events();
        known = new LibraryState(events.library().books(), events.library().readers());
    }

    /// The configuration that `flags`, names and values in turn, amount to.
    static RunConfig config(String... flags) {
        Map<String, List<String>> given = new HashMap<>(Map.of("seed", List.of("42")));
        for (int i = 0; i < flags.length; i += 2) {
            given.put(flags[i], List.of(flags[i + 1]));
        }
        return ConfigLoader.load(
                        new ConfigInputs(
                                given, Map.of(), Optional.empty(), Optional.empty(), () -> SEED))
                .config();
    }

    LibraryDesk desk() {
        return new LibraryDesk(
                store,
                events,
                new LibraryDesk.Parts(
                        SystemTime.INSTANCE,
                        names,
                        chronicle,
                        new Choices(new Draws(SEED), events, known),
                        known,
                        ledger,
                        tallies));
    }

    void seed() {
        new LibrarySeeding(store, chronicle, known, () -> false).seed(events.library(), _ -> {});
    }

    static LibraryDesk.Wish wish(Kind kind, long operation) {
        return new LibraryDesk.Wish(kind, operation, Long.MAX_VALUE);
    }

    Event event(Fact fact, Subject subject, long operation) {
        return chronicle.event(new Decision.Happens(fact, subject), operation, 0);
    }

    /// Writes without a decision.
    Position write(Fact fact, Subject subject, long operation) {
        return write(event(fact, subject, operation));
    }

    Position write(Event event) {
        AppendResult result = store.append(List.of(event), AppendCondition.none(), CALL_MAX);
        return ((AppendResult.Appended) result).first();
    }

    List<RecordedEvent> log() {
        return store.read(Query.all().everything(), CALL_MAX).toList(100_000);
    }

    WriteCheck check() {
        LibraryState empty = new LibraryState(events.library().books(), events.library().readers());
        return new LogCheck(
                        store,
                        names,
                        ledger,
                        new RuleBook(empty, events.library().loanLimit()),
                        SystemTime.INSTANCE)
                .check(Position.START);
    }
}
