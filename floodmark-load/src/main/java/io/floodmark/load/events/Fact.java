package io.floodmark.load.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What can happen in the library; each is a type of event.
enum Fact {
    COPY_ADDED("BookCopyAdded"),
    COPY_REMOVED("BookCopyRemoved"),
    COPY_LENT("BookCopyLent"),
    COPY_RETURNED("BookCopyReturned"),
    READER_REGISTERED("ReaderRegistered"),
    READER_CANCELLED("ReaderCancelled");

    private static final Map<String, Fact> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toMap(Fact::type, Function.identity()));

    private final String type;

    Fact(String type) {
        this.type = type;
    }

    /// The type of its events.
    String type() {
        return type;
    }

    static Optional<Fact> of(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }
}
