package io.floodmark.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands until it is moved. For any threads.
final class TestClock extends Clock {

    private volatile Instant now = Instant.parse("2026-05-01T12:00:00.123456789Z");

    void move(Duration onwards) {
        now = now.plus(onwards);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Only instants are asked for");
    }
}
