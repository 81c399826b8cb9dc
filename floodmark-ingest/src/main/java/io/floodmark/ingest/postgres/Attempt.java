package io.floodmark.ingest.postgres;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What all tries of one batch have in common.
///
/// @param batch random number that marks its rows
/// @param received when it arrived, which decides the partition
/// @param repeated whether a try before this one may have committed
record Attempt(long batch, Instant received, boolean repeated) {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    LocalDate day() {
        return LocalDate.ofInstant(received, ZoneOffset.UTC);
    }

    long receivedMicros() {
        return received.getEpochSecond() * MICROS + received.getNano() / NANOS_PER_MICRO;
    }

    Attempt again() {
        return new Attempt(batch, received, true);
    }
}
