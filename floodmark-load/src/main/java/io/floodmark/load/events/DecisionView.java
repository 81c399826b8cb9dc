package io.floodmark.load.events;

import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import java.time.Duration;
import java.util.OptionalInt;

/// What a decision knows of its book and its reader, folded from their events; and up to which
/// position it knows everything.
///
/// *Threads.* Confined to one.
final class DecisionView {

    private final Names names;
    private final Subject subject;
    private final Query query;
    private Position readUpTo = Position.START;
    private Place place = Place.ELSEWHERE;
    private OptionalInt borrower = OptionalInt.empty();
    private boolean registered;
    private int loans;

    DecisionView(Names names, Subject subject) {
        this.names = names;
        this.subject = subject;
        this.query = names.query(subject);
    }

    /// Reads what it does not know yet: everything the first time, then what came since.
    void catchUp(EventStore store, Duration timeout) {
        read(store, query.after(readUpTo), timeout);
    }

    /// The same from a server that may be a little behind.
    void catchUpEventually(EventStore store, Duration timeout) {
        read(store, query.after(readUpTo).eventual(), timeout);
    }

    private void read(EventStore store, ReadRequest request, Duration timeout) {
        try (EventStream events = store.read(request, timeout)) {
            while (events.hasNext()) {
                apply(events.next().event());
            }
            readUpTo = events.readUpTo();
        }
    }

    private void apply(Event event) {
        Fact fact = Fact.of(event.type()).orElseThrow(() -> unknown(event));
        if (subject.book().isPresent() && names.bookOf(event).equals(subject.book())) {
            applyToBook(fact, names.readerOf(event));
        }
        if (subject.reader().isPresent() && names.readerOf(event).equals(subject.reader())) {
            applyToReader(fact);
        }
    }

    private static IllegalStateException unknown(Event event) {
        return new IllegalStateException(
                "the store delivered an event of type '%s', which the query does not ask for"
                        .formatted(event.type()));
    }

    private void applyToBook(Fact fact, OptionalInt reader) {
        switch (fact) {
            case COPY_ADDED, COPY_RETURNED -> move(Place.ON_THE_SHELF, OptionalInt.empty());
            case COPY_REMOVED -> move(Place.ELSEWHERE, OptionalInt.empty());
            case COPY_LENT -> move(Place.LENT, reader);
            case READER_REGISTERED, READER_CANCELLED -> {}
        }
    }

    private void move(Place to, OptionalInt by) {
        place = to;
        borrower = by;
    }

    private void applyToReader(Fact fact) {
        switch (fact) {
            case READER_REGISTERED -> registered = true;
            case READER_CANCELLED -> registered = false;
            case COPY_LENT -> loans++;
            case COPY_RETURNED -> loans--;
            case COPY_ADDED, COPY_REMOVED -> {}
        }
    }

    Subject subject() {
        return subject;
    }

    /// What the decision depends on, for the condition of its append.
    Query query() {
        return query;
    }

    Position readUpTo() {
        return readUpTo;
    }

    Place place() {
        return place;
    }

    /// Who has the book, if it is lent.
    OptionalInt borrower() {
        return borrower;
    }

    boolean registered() {
        return registered;
    }

    int loans() {
        return loans;
    }
}
