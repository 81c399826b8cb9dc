package io.floodmark.load.events;

import java.util.OptionalInt;

/// What a decision or an event is about: a book, a reader, or both.
///
/// @param book number of the copy, from 0
/// @param reader number of the reader, from 0
record Subject(OptionalInt book, OptionalInt reader) {

    Subject {
        if (book.isEmpty() && reader.isEmpty()) {
            throw new IllegalArgumentException("neither book nor reader");
        }
    }

    static Subject book(int book) {
        return new Subject(OptionalInt.of(book), OptionalInt.empty());
    }

    static Subject reader(int reader) {
        return new Subject(OptionalInt.empty(), OptionalInt.of(reader));
    }

    static Subject loan(int book, int reader) {
        return new Subject(OptionalInt.of(book), OptionalInt.of(reader));
    }
}
