package io.floodmark.load.events;

import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.TimeSource;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads the log of a run once and looks for every acknowledged event, at its position, exactly
/// once; and replays the library by its rules.
///
/// It needs memory for the library and the ledger, however long the log is, and gives up after
/// [#TIME_MAX].
///
/// *Threads.* Confined to one, after the run.
final class LogCheck {

    static final Duration TIME_MAX = Duration.ofMinutes(10);

    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    private final EventStore store;
    private final Names names;
    private final AppendLedger ledger;
    private final RuleBook rules;
    private final TimeSource time;
    private Position last = Position.START;
    private long found;
    private long misplaced;
    private long unknownFound;
    private long duplicated;
    private long denied;
    private long gaps;

    LogCheck(EventStore store, Names names, AppendLedger ledger, RuleBook rules, TimeSource time) {
        this.store = store;
        this.names = names;
        this.ledger = ledger;
        this.rules = rules;
        this.time = time;
    }

    /// Checks what came after `start`, the head of the log before the run wrote anything.
    WriteCheck check(Position start) {
        ledger.freeze();
        last = start;
        long until = time.nanos() + TIME_MAX.toNanos();
        try (EventStream log = store.read(Query.all().after(start), WAIT_MAX)) {
            while (log.hasNext()) {
                look(log.next());
                if (time.nanos() - until >= 0) {
                    return WriteCheck.notMade(
                            "the events could not be checked within %d minutes"
                                    .formatted(TIME_MAX.toMinutes()));
                }
            }
        } catch (StoreException e) {
            return WriteCheck.notMade("the events could not be checked: " + e.getMessage());
        }
        long acknowledged = ledger.acknowledged();
        return new WriteCheck(
                acknowledged,
                found,
                acknowledged - found,
                duplicated,
                ledger.unknown(),
                unknownFound,
                violations(),
                "");
    }

    private void look(RecordedEvent recorded) {
        gaps += recorded.position().equals(last.next()) ? 0 : 1;
        last = recorded.position();
        Optional<Subject> subject = subjectOf(recorded);
        Optional<Fact> fact = Fact.of(recorded.event().type());
        if (subject.isPresent() && fact.isPresent()) {
            count(recorded);
            rules.happened(fact.get(), subject.get(), recorded.position());
        }
    }

    private Optional<Subject> subjectOf(RecordedEvent recorded) {
        OptionalInt book = names.bookOf(recorded.event());
        OptionalInt reader = names.readerOf(recorded.event());
        return book.isEmpty() && reader.isEmpty()
                ? Optional.empty()
                : Optional.of(new Subject(book, reader));
    }

    private void count(RecordedEvent recorded) {
        long operation = EventIdCode.operation(recorded.event().id());
        if (operation >= EventIdCode.SEEDS) {
            return;
        }
        int attempt = EventIdCode.attempt(recorded.event().id());
        switch (ledger.find(operation, attempt, recorded.position())) {
            case EXPECTED -> found++;
            case MISPLACED -> {
                found++;
                misplaced++;
            }
            case UNKNOWN -> unknownFound++;
            case AGAIN -> duplicated++;
            case DENIED -> denied++;
            case PASSED_OVER -> {}
        }
    }

    private List<String> violations() {
        List<String> violations = new ArrayList<>();
        add(violations, misplaced, "%,d events are not at the position that was acknowledged");
        add(
                violations,
                denied,
                "%,d events are in the log although the store said that nothing was written");
        add(violations, gaps, "%,d times the log's positions do not follow each other");
        violations.addAll(rules.violations());
        return violations;
    }

    private static void add(List<String> to, long count, String sentence) {
        if (count > 0) {
            to.add(sentence.formatted(count));
        }
    }
}
