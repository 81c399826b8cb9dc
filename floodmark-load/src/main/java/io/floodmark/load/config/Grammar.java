package io.floodmark.load.config;

/// How the values of a setting are written: what a text must look like, its limits, its printed
/// form. Stateless.
///
/// @param <T> the type of the value
public interface Grammar<T> {

    /// Reads a value and checks its limits.
    ///
    /// @throws InvalidSetting when the text is malformed or out of range
    T parse(String text) throws InvalidSetting;

    /// The allowed values, in words.
    String range();

    /// The value as a user would write it, secrets masked.
    default String format(T value) {
        return String.valueOf(value);
    }

    /// A rejected text as it may appear in a message.
    default String quote(String text) {
        return Printable.quote(text);
    }
}
