package io.floodmark.store.postgres.tune;

import java.util.Optional;

/// What a table of the store is used for.
public enum TableKind {
    /// A segment of events: rows are inserted in order and never change.
    EVENTS("segments of events"),
    /// A segment of tags: several small rows for each event.
    TAGS("segments of tags"),
    /// One row that every commit updates.
    HEAD("the head of the log");

    private final String label;

    TableKind(String label) {
        this.label = label;
    }

    /// In words.
    public String label() {
        return label;
    }

    /// By the table's name without the store's prefix; nothing for tables without rules.
    static Optional<TableKind> of(String name) {
        if (name.equals("log_head")) {
            return Optional.of(HEAD);
        }
        if (name.matches("events_s\\d+")) {
            return Optional.of(EVENTS);
        }
        return name.matches("event_tag_s\\d+") ? Optional.of(TAGS) : Optional.empty();
    }
}
