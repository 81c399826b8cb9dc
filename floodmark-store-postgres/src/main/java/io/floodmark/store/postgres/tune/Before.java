package io.floodmark.store.postgres.tune;

/// What was set at one place before it was changed.
public sealed interface Before {

    /// Nothing: the value came from elsewhere, or was the default.
    record Unset() implements Before {}

    /// This text.
    record Value(String text) implements Before {}

    /// In words.
    default String words() {
        return switch (this) {
            case Unset() -> "not set";
            case Value(String text) -> text;
        };
    }
}
