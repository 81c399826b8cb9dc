package io.floodmark.load.events;

import io.floodmark.store.Event;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// How events name books and readers: by tags `book=<run>-17` and `reader=<run>-4`, so that runs
/// that share a log do not meet.
///
/// @param run the run's mark, letters and digits only
record Names(String run) {

    private static final String BOOK = "book";
    private static final String READER = "reader";
    private static final Set<String> TYPES_OF_A_BOOK =
            Set.of(
                    Fact.COPY_ADDED.type(),
                    Fact.COPY_REMOVED.type(),
                    Fact.COPY_LENT.type(),
                    Fact.COPY_RETURNED.type());
    private static final Set<String> TYPES_OF_A_READER =
            Set.of(
                    Fact.READER_REGISTERED.type(),
                    Fact.READER_CANCELLED.type(),
                    Fact.COPY_LENT.type(),
                    Fact.COPY_RETURNED.type());

    Names {
        if (!run.matches("[a-z0-9]{1,40}")) {
            throw new IllegalArgumentException("the mark of a run is letters and digits: " + run);
        }
    }

    String book(int number) {
        return run + '-' + number;
    }

    String reader(int number) {
        return run + '-' + number;
    }

    List<Tag> tags(Subject subject) {
        List<Tag> tags = new ArrayList<>(2);
        subject.book().ifPresent(book -> tags.add(Tag.of(BOOK, book(book))));
        subject.reader().ifPresent(reader -> tags.add(Tag.of(READER, reader(reader))));
        return tags;
    }

    /// All events that a decision about `subject` depends on: of the book or of the reader.
    Query query(Subject subject) {
        List<QueryItem> items = new ArrayList<>(2);
        subject.book()
                .ifPresent(book -> items.add(item(TYPES_OF_A_BOOK, Tag.of(BOOK, book(book)))));
        subject.reader()
                .ifPresent(reader ->
                        items.add(item(TYPES_OF_A_READER, Tag.of(READER, reader(reader)))));
        return new Query(items);
    }

    private static QueryItem item(Set<String> types, Tag tag) {
        return new QueryItem(types, Set.of(tag), PayloadPredicate.none());
    }

    /// The number of the book that the event is about, if it is one of this run's.
    OptionalInt bookOf(Event event) {
        return numberOf(event, BOOK);
    }

    /// The number of the reader that the event is about, if it is one of this run's.
    OptionalInt readerOf(Event event) {
        return numberOf(event, READER);
    }

    private OptionalInt numberOf(Event event, String key) {
        for (Tag tag : event.tags()) {
            String text = tag.text();
            int mark = key.length() + 1;
            int digits = mark + run.length() + 1;
            if (text.length() > digits
                    && text.startsWith(key)
                    && text.charAt(mark - 1) == '='
                    && text.startsWith(run, mark)
                    && text.charAt(digits - 1) == '-') {
                return OptionalInt.of(Integer.parseInt(text, digits, text.length(), 10));
            }
        }
        return OptionalInt.empty();
    }
}
