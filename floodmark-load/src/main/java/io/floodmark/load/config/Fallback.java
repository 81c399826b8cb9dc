package io.floodmark.load.config;

/// What a setting is when nobody gave it.
public sealed interface Fallback {

    /// For people: `300`, or `same as workers`.
    String words();

    /// A fixed value, in the setting's own grammar.
    record Fixed(String words) implements Fallback {}

    /// A value that depends on other settings or on chance.
    record Derived(String words) implements Fallback {}
}
