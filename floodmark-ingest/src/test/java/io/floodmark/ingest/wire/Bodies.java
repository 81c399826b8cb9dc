package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.ingest.Entry;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import io.floodmark.store.TimeAndChance;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Short ways to read a body in a test.
final class Bodies {
    static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00.123Z");
    static final TimeAndChance FIXED =
            TimeAndChance.system().withClock(Clock.fixed(RECEIVED, ZoneOffset.UTC));

    private Bodies() {}

    static List<Entry> read(BodyFormat format, String body) {
        return read(format, body, IngestLimits.defaults());
    }

    static List<Entry> read(BodyFormat format, String body, IngestLimits limits) {
        return read(format, body.getBytes(StandardCharsets.UTF_8), limits, Optional.empty());
    }

    static List<Entry> read(
            BodyFormat format, byte[] body, IngestLimits limits, Optional<String> idempotencyKey) {
        return new BodyReader(limits)
                .read(format, body, body.length, Arrival.now(FIXED, idempotencyKey));
    }

    static WireEvent event(String body) {
        Entry entry = read(BodyFormat.EVENT, body).getFirst();
        assertThat(entry).isInstanceOf(WireEvent.class);
        return (WireEvent) entry;
    }

    static Rejection rejection(String body) {
        return rejection(body, IngestLimits.defaults());
    }

    static Rejection rejection(String body, IngestLimits limits) {
        Entry entry = read(BodyFormat.EVENT, body, limits).getFirst();
        assertThat(entry).isInstanceOf(Rejection.class);
        return (Rejection) entry;
    }
}
