package io.floodmark.ingest.wire;

import io.floodmark.ingest.Rejection;

/// What can be wrong inside an event that is well-formed JSON, and does not hinder the others.
enum Flaw {
    NONE(Rejection.Code.INVALID, ""),
    TOO_DEEP(Rejection.Code.TOO_LARGE, "nested deeper than the limit"),
    TOO_MANY_MEMBERS(Rejection.Code.TOO_LARGE, "more members and elements than the limit"),
    LONG_STRING(Rejection.Code.TOO_LARGE, "a text longer than the limit"),
    LONG_NUMBER(Rejection.Code.INVALID, "a number longer than the limit"),
    HUGE_EXPONENT(Rejection.Code.INVALID, "a number with an exponent beyond 308"),
    LONE_SURROGATE(Rejection.Code.INVALID, "the escape of half a surrogate pair"),
    ZERO_CHARACTER(Rejection.Code.INVALID, "the escape of U+0000, which not every sink can hold");

    private final Rejection.Code code;
    private final String reason;

    Flaw(Rejection.Code code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    Rejection.Code code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
