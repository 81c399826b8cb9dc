package io.floodmark.load.events;

import io.floodmark.store.Position;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Replays a library's log and notes which rules its events break; memory for the library and one
/// entry per rule.
///
/// *Threads.* Confined to one.
final class RuleBook {

    private final LibraryState state;
    private final int loanLimit;
    private final Map<Rule, Broken> broken = new EnumMap<>(Rule.class);

    /// How often a rule was broken, and where first.
    private record Broken(long times, String first) {

        Broken again() {
            return new Broken(times + 1, first);
        }
    }

    RuleBook(LibraryState empty, int loanLimit) {
        this.state = empty;
        this.loanLimit = loanLimit;
    }

    /// The next event of the log.
    void happened(Fact fact, Subject subject, Position position) {
        switch (fact) {
            case COPY_ADDED ->
                    demand(Rule.ADDED_ONCE, at(subject, Place.ELSEWHERE), subject, position);
            case COPY_REMOVED ->
                    demand(
                            Rule.REMOVED_FROM_SHELF,
                            at(subject, Place.ON_THE_SHELF),
                            subject,
                            position);
            case COPY_LENT -> lent(subject, position);
            case COPY_RETURNED ->
                    demand(Rule.RETURNED_BY_BORROWER, hasIt(subject), subject, position);
            case READER_REGISTERED ->
                    demand(Rule.REGISTERED_ONCE, !registered(subject), subject, position);
            case READER_CANCELLED ->
                    demand(
                            Rule.CANCELLED_EMPTY_HANDED,
                            registered(subject) && loans(subject) == 0,
                            subject,
                            position);
        }
        state.apply(fact, subject);
    }

    private void lent(Subject subject, Position position) {
        demand(Rule.LENT_ONCE, !at(subject, Place.LENT), subject, position);
        demand(Rule.LENT_FROM_SHELF, !at(subject, Place.ELSEWHERE), subject, position);
        demand(Rule.REGISTERED, registered(subject), subject, position);
        demand(Rule.LOAN_LIMIT, loans(subject) < loanLimit, subject, position);
    }

    private boolean at(Subject subject, Place place) {
        return state.place(subject.book().getAsInt()) == place;
    }

    private boolean hasIt(Subject subject) {
        return at(subject, Place.LENT)
                && state.borrower(subject.book().getAsInt()) == subject.reader().getAsInt();
    }

    private boolean registered(Subject subject) {
        return state.registered(subject.reader().getAsInt());
    }

    private int loans(Subject subject) {
        return state.loans(subject.reader().getAsInt());
    }

    private void demand(Rule rule, boolean kept, Subject subject, Position position) {
        if (kept) {
            return;
        }
        String where = words(subject) + " at position " + position;
        broken.merge(rule, new Broken(1, where), (before, _) -> before.again());
    }

    private static String words(Subject subject) {
        StringBuilder words = new StringBuilder();
        subject.book().ifPresent(book -> words.append("book ").append(book).append(' '));
        subject.reader().ifPresent(reader -> words.append("reader ").append(reader).append(' '));
        return words.toString().strip();
    }

    /// A sentence for each broken rule.
    List<String> violations() {
        return broken.entrySet().stream()
                .map(one ->
                        "the log breaks the rule \"%s\" %,d times, first with %s"
                                .formatted(
                                        one.getKey().sentence(),
                                        one.getValue().times(),
                                        one.getValue().first()))
                .toList();
    }
}
