package io.floodmark.load.config;

/// A typed value and its source.
///
/// @param sound false when the user's text was invalid and this is the default in its place, so
///   that checks against other settings make no sense
record Value<T>(T value, Source source, boolean sound) {

    static <T> Value<T> fallback(T value) {
        return new Value<>(value, new Source.Default(), true);
    }

    boolean explicit() {
        return source.explicit();
    }
}
