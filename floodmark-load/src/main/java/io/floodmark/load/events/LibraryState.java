package io.floodmark.load.events;

import java.util.Arrays;

/// A whole library in a few bytes per book and reader: what its events amount to.
///
/// *Threads.* Confined to one where it must be right (the check after the run). The operations
/// share one to guess what is likely to be possible, without a lock: there it may be a little off,
/// and the decisions, which read the log, do not depend on it.
final class LibraryState {

    private final Place[] places;
    private final int[] borrowers;
    private final int[] loans;
    private final boolean[] registered;

    LibraryState(int books, int readers) {
        places = new Place[books];
        Arrays.fill(places, Place.ELSEWHERE);
        borrowers = new int[books];
        loans = new int[readers];
        registered = new boolean[readers];
    }

    int books() {
        return places.length;
    }

    int readers() {
        return loans.length;
    }

    Place place(int book) {
        return places[book];
    }

    /// Who has the book, where it is lent.
    int borrower(int book) {
        return borrowers[book];
    }

    boolean registered(int reader) {
        return registered[reader];
    }

    int loans(int reader) {
        return loans[reader];
    }

    void shelve(int book) {
        places[book] = Place.ON_THE_SHELF;
    }

    void remove(int book) {
        places[book] = Place.ELSEWHERE;
    }

    void lend(int book, int reader) {
        places[book] = Place.LENT;
        borrowers[book] = reader;
        loans[reader]++;
    }

    void takeBack(int book, int reader) {
        shelve(book);
        loans[reader]--;
    }

    void register(int reader) {
        registered[reader] = true;
    }

    void cancel(int reader) {
        registered[reader] = false;
    }

    /// Lets it happen, as it was decided or is written in the log.
    void apply(Fact fact, Subject subject) {
        switch (fact) {
            case COPY_ADDED -> shelve(subject.book().getAsInt());
            case COPY_REMOVED -> remove(subject.book().getAsInt());
            case COPY_LENT -> lend(subject.book().getAsInt(), subject.reader().getAsInt());
            case COPY_RETURNED -> takeBack(subject.book().getAsInt(), subject.reader().getAsInt());
            case READER_REGISTERED -> register(subject.reader().getAsInt());
            case READER_CANCELLED -> cancel(subject.reader().getAsInt());
        }
    }

    /// Corrects a guess about a book.
    void correct(int book, Place place) {
        places[book] = place;
    }

    /// Corrects a guess about a reader.
    void correct(int reader, boolean isRegistered, int hasLoans) {
        registered[reader] = isRegistered;
        loans[reader] = hasLoans;
    }
}
