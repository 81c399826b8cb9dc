package io.floodmark.store;

import java.util.Comparator;

/// The claim that the payload's top-level member `key` is the JSON string `value`. Compared after
/// unescaping, char by char; numbers, booleans and nested values never match.
///
/// @param key 1 to [#MAX_KEY_CHARS] chars without control characters
/// @param value at most [#MAX_VALUE_CHARS] chars, may be empty
public record PayloadMatch(String key, String value) implements Comparable<PayloadMatch> {

    public static final int MAX_KEY_CHARS = 128;
    public static final int MAX_VALUE_CHARS = 1_024;

    private static final Comparator<PayloadMatch> ORDER =
            Comparator.comparing(PayloadMatch::key).thenComparing(PayloadMatch::value);

    public PayloadMatch {
        Checks.name("Payload key", key, MAX_KEY_CHARS);
        Checks.text("Payload value", value, MAX_VALUE_CHARS);
    }

    public static PayloadMatch of(String key, String value) {
        return new PayloadMatch(key, value);
    }

    /// Whether the claim holds for this payload.
    public boolean holdsFor(Json payload) {
        return payload.stringMember(key).filter(value::equals).isPresent();
    }

    @Override
    public int compareTo(PayloadMatch other) {
        return ORDER.compare(this, other);
    }
}
