package io.floodmark.load.events;

import io.floodmark.load.config.RunConfig;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Opens the library before the load: puts its books on the shelf, registers its readers, and lends
/// every second book as long as nobody holds more than half of what is allowed.
///
/// *Threads.* Confined to one.
final class LibrarySeeding {

    private static final int EVENTS_PER_APPEND = 500;
    private static final int TELL_EVERY_EVENTS = 50_000;
    private static final int REPEATS_MAX = 3;
    private static final Duration APPEND_MAX = Duration.ofSeconds(30);

    private final EventStore store;
    private final Chronicle chronicle;
    private final LibraryState known;
    private final BooleanSupplier stopped;
    private final List<Event> batch = new ArrayList<>();
    private long events;

    /// @param known is told what was seeded
    /// @param stopped whether the user no longer wants the run
    LibrarySeeding(
            EventStore store, Chronicle chronicle, LibraryState known, BooleanSupplier stopped) {
        this.store = store;
        this.chronicle = chronicle;
        this.known = known;
        this.stopped = stopped;
    }

    void seed(RunConfig.Library library, Consumer<String> progress) {
        long all = (long) library.books() + library.readers();
        for (int book = 0; book < library.books() && !stopped.getAsBoolean(); book++) {
            add(new Decision.Happens(Fact.COPY_ADDED, Subject.book(book)));
            tell(all, progress);
        }
        for (int reader = 0; reader < library.readers() && !stopped.getAsBoolean(); reader++) {
            add(new Decision.Happens(Fact.READER_REGISTERED, Subject.reader(reader)));
            tell(all, progress);
        }
        for (int book = 1; book < library.books() && !stopped.getAsBoolean(); book += 2) {
            lend(book, (book / 2) % library.readers(), library.loanLimit() / 2);
        }
        flush();
    }

    /// So that there is something to bring back from the first second on.
    private void lend(int book, int reader, int loansMax) {
        if (known.loans(reader) < loansMax) {
            add(new Decision.Happens(Fact.COPY_LENT, Subject.loan(book, reader)));
        }
    }

    private void tell(long all, Consumer<String> progress) {
        if (events % TELL_EVERY_EVENTS == 0) {
            progress.accept("seeded %,d of %,d events".formatted(events, all));
        }
    }

    private void add(Decision.Happens what) {
        batch.add(chronicle.event(what, EventIdCode.SEEDS + events, 0));
        known.apply(what.fact(), what.subject());
        events++;
        if (batch.size() == EVENTS_PER_APPEND) {
            flush();
        }
    }

    /// An append whose outcome nobody learnt is repeated unchanged, which the store makes safe.
    private void flush() {
        for (int repeat = 0; ; repeat++) {
            try {
                store.append(batch, AppendCondition.none(), APPEND_MAX);
                batch.clear();
                return;
            } catch (AppendOutcomeUnknown e) {
                if (repeat == REPEATS_MAX) {
                    throw e;
                }
            }
        }
    }
}
