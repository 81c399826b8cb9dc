package io.floodmark.load.events;

import io.floodmark.load.engine.ConflictedOperation;
import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.time.TimeSource;
import io.floodmark.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Lets the library work for a moment before the run, so that the code of the generator and of the
/// store is compiled before time counts; otherwise the JVM's compilers take the processor from the
/// first seconds of the run.
///
/// What happens is part of the library's history, as the seeding is: its events belong to no
/// operation of the run, and no account counts them.
///
/// *Threads.* Confined to one.
///
/// @param desk with a ledger and tallies of its own
/// @param length for how long at most
/// @param stopped whether the user no longer wants the run
record LibraryRehearsal(
        LibraryDesk desk, TimeSource time, Duration length, BooleanSupplier stopped) {

    /// All of them in turn, so that the library neither fills up nor empties.
    private static final List<Kind> KINDS = Kind.ALL;

    /// The number of the first operation, above those of any run and of any seeding.
    static final long FIRST = EventIdCode.SEEDS + (1L << 42);

    static final int OPERATIONS_MAX = 4_000;

    static final Duration LENGTH_MAX = Duration.ofSeconds(3);
    private static final Duration OPERATION_MAX = Duration.ofSeconds(5);

    /// Rehearses; a store that refuses is told to `progress` and otherwise ignored.
    void run(Consumer<String> progress) {
        long end = time.nanos() + length.toNanos();
        try {
            for (int i = 0; i < OPERATIONS_MAX && time.nanos() < end; i++) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                perform(i);
            }
        } catch (StoreException e) {
            progress.accept(
                    "could not rehearse, the first seconds may be slow (%s)"
                            .formatted(e.getMessage()));
        }
    }

    private void perform(int number) {
        try {
            desk.perform(
                    new LibraryDesk.Wish(
                            KINDS.get(number % KINDS.size()),
                            FIRST + number,
                            time.nanos() + OPERATION_MAX.toNanos()));
        } catch (ConflictedOperation | DeadlinePassed _) {
            // The next one may fare better.
        }
    }
}
