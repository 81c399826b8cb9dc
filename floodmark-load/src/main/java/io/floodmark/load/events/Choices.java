package io.floodmark.load.events;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.workload.Draws;
import java.util.function.IntPredicate;

/// Which book and which reader an operation is about.
///
/// The seed and the operation's number fix a few candidates; of these the operation takes the first
/// that fits as far as the run knows (people ask for books that are on the shelf), else the first.
/// A contended operation has its candidates in the hot set: a few books and readers, other ones
/// every [#HOT_OPERATIONS] operations, so that their histories stay short.
///
/// *Threads.* Any.
final class Choices {

    static final int HOT_OPERATIONS = 2_000;

    private static final int CANDIDATES = 8;
    private static final int CONTENDED = 1;
    private static final int BOOK = 100;
    private static final int READER = 200;
    private static final int HOT_BOOK = 2;
    private static final int HOT_READER = 3;
    private static final int PARITY = 4;
    private static final int PERCENT = 100;

    private final Draws draws;
    private final RunConfig.Contention contention;
    private final int loanLimit;
    private final LibraryState known;

    Choices(Draws draws, RunConfig.Events events, LibraryState known) {
        this.draws = draws;
        this.contention = events.contention();
        this.loanLimit = events.library().loanLimit();
        this.known = known;
    }

    Subject choose(Kind kind, long operation) {
        return switch (kind) {
            case LEND, READ ->
                    Subject.loan(
                            book(operation, book -> known.place(book) == Place.ON_THE_SHELF),
                            reader(operation, this::mayBorrow));
            case RETURN -> Subject.book(book(operation, book -> known.place(book) == Place.LENT));
            case ADD -> Subject.book(book(operation, book -> known.place(book) == Place.ELSEWHERE));
            case REMOVE ->
                    Subject.book(book(operation, book -> known.place(book) == Place.ON_THE_SHELF));
            case REGISTER -> Subject.reader(toRegister(operation));
        };
    }

    private boolean mayBorrow(int reader) {
        return known.registered(reader) && known.loans(reader) < loanLimit;
    }

    /// Registrations begin and end in turn, so that the library neither fills up nor empties.
    private int toRegister(long operation) {
        boolean ends = draws.draw(operation, PARITY, 2) == 0;
        return reader(
                operation,
                reader ->
                        ends
                                ? known.registered(reader) && known.loans(reader) == 0
                                : !known.registered(reader));
    }

    boolean contended(long operation) {
        return draws.draw(operation, CONTENDED, PERCENT) < contention.percent();
    }

    private int book(long operation, IntPredicate fits) {
        return first(operation, BOOK, new Range(HOT_BOOK, known.books()), fits);
    }

    private int reader(long operation, IntPredicate fits) {
        return first(operation, READER, new Range(HOT_READER, known.readers()), fits);
    }

    /// Numbers to choose from.
    ///
    /// @param hotPurpose by which the beginning of the hot ones is drawn
    /// @param size how many there are
    private record Range(int hotPurpose, int size) {}

    private int first(long operation, int purpose, Range range, IntPredicate fits) {
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            int number = candidate(operation, purpose + candidate, range);
            if (fits.test(number)) {
                return number;
            }
        }
        return candidate(operation, purpose, range);
    }

    private int candidate(long operation, int purpose, Range range) {
        if (!contended(operation)) {
            return draws.draw(operation, purpose, range.size());
        }
        int start = draws.draw(operation / HOT_OPERATIONS, range.hotPurpose(), range.size());
        int hot = Math.min(contention.hotSet(), range.size());
        return (int) ((start + (long) draws.draw(operation, purpose, hot)) % range.size());
    }
}
