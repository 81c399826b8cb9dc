package io.floodmark.load.events;

/// What the library makes of a wish.
sealed interface Decision {

    /// It happens, if nothing changes before it is written.
    record Happens(Fact fact, Subject subject) implements Decision {}

    /// The rules do not allow it now: nothing is written, and that is the right answer.
    record Refused() implements Decision {}

    /// Decides by the rules of the library: a book is lent to one reader at a time, a reader is
    /// registered and holds at most `loanLimit` books, and only what is on the shelf is removed.
    static Decision of(Kind kind, DecisionView view, int loanLimit) {
        return switch (kind) {
            case LEND ->
                    happensIf(
                            view.place() == Place.ON_THE_SHELF
                                    && view.registered()
                                    && view.loans() < loanLimit,
                            Fact.COPY_LENT,
                            view.subject());
            case RETURN ->
                    view.borrower().isPresent()
                            ? new Happens(
                                    Fact.COPY_RETURNED,
                                    new Subject(view.subject().book(), view.borrower()))
                            : new Refused();
            case ADD -> happensIf(view.place() == Place.ELSEWHERE, Fact.COPY_ADDED, view.subject());
            case REMOVE ->
                    happensIf(
                            view.place() == Place.ON_THE_SHELF, Fact.COPY_REMOVED, view.subject());
            case REGISTER ->
                    view.registered()
                            ? happensIf(view.loans() == 0, Fact.READER_CANCELLED, view.subject())
                            : new Happens(Fact.READER_REGISTERED, view.subject());
            case READ -> new Refused();
        };
    }

    private static Decision happensIf(boolean allowed, Fact fact, Subject subject) {
        return allowed ? new Happens(fact, subject) : new Refused();
    }
}
