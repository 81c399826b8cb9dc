package io.floodmark.load.config;

import java.time.Duration;
import java.util.Optional;

/// An arrival process as it was asked for, checked and in its plain form: rates are decimals per
/// second, lengths of time have units (`ramp:10..100`, `steps:10s:100,20s:200`).
///
/// @param text the plain form
/// @param form which process
/// @param length how long it lasts by itself; only steps have one
record ArrivalText(String text, Form form, Optional<Duration> length) {

    /// The processes.
    enum Form {
        CONSTANT,
        POISSON,
        RAMP,
        STEPS,
        CLOSED;

        /// Whether the setting `rate` says how fast; the others carry their rates or have none.
        boolean usesRate() {
            return this == CONSTANT || this == POISSON;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
