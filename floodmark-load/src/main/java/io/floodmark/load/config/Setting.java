package io.floodmark.load.config;

import java.util.List;

/// One thing that a user can set, described once for flags, environment, files, help and messages.
///
/// @param name flag without dashes and key in a scenario, in kebab-case
/// @param description one line for the help
/// @param grammar how a value is written
/// @param fallback what holds when it is not given
/// @param use how it is given
/// @param environment names of its environment variables; several are parts of one value
/// @param <T> the type of the value
public record Setting<T>(
        String name,
        String description,
        Grammar<T> grammar,
        Fallback fallback,
        Use use,
        List<String> environment) {

    /// How a setting is given.
    public enum Use {
        /// `--name VALUE`.
        VALUE,
        /// `--name`, or `--name=false`.
        SWITCH,
        /// `--name VALUE`, any number of times.
        LIST,
        /// Masked everywhere, and without a flag, because others can read command lines.
        SECRET
    }

    public Setting {
        environment = List.copyOf(environment);
    }

    static <T> Setting<T> of(String name, String description, Grammar<T> grammar) {
        return new Setting<>(
                name, description, grammar, new Fallback.Derived("none"), Use.VALUE, List.of());
    }

    Setting<T> fallback(String text) {
        Fallback fixed = new Fallback.Fixed(text);
        return new Setting<>(name, description, grammar, fixed, use, environment);
    }

    Setting<T> derived(String words) {
        Fallback derived = new Fallback.Derived(words);
        return new Setting<>(name, description, grammar, derived, use, environment);
    }

    Setting<T> use(Use how) {
        return new Setting<>(name, description, grammar, fallback, how, environment);
    }

    Setting<T> environment(String... names) {
        return new Setting<>(name, description, grammar, fallback, use, List.of(names));
    }

    /// The allowed values, in words.
    public String range() {
        return grammar.range();
    }

    public boolean secret() {
        return use == Use.SECRET;
    }

    public boolean hasFlag() {
        return use != Use.SECRET;
    }
}
