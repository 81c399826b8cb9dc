package io.floodmark.ingest.postgres;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What the server says of a transaction at its start. Its clock is the one clock of all services.
///
/// @param xid the transaction's number, as rows carry it in `xmin`
/// @param now the server's time
record Stamp(long xid, Instant now) {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    LocalDate day() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /// Microseconds since 1970.
    long micros() {
        return now.getEpochSecond() * MICROS + now.getNano() / NANOS_PER_MICRO;
    }

    /// The same transaction, not before that day.
    Stamp notBefore(LocalDate day) {
        return day().isBefore(day)
                ? new Stamp(xid, day.atStartOfDay().toInstant(ZoneOffset.UTC))
                : this;
    }
}
