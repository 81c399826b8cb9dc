package io.floodmark.store.postgres.session;

import io.floodmark.store.Position;
import java.util.concurrent.atomic.AtomicLong;

/// The highest head of the log that some statement has seen on one server.
///
/// A statement finds events only in the segments that existed when it was planned, and sees the log
/// as it is a moment later. A segment that was attached in that moment, and written to, is missing
/// in it. What was seen before it began, though, existed when it was planned.
///
/// *Threads:* for all.
public final class HeadSeen {
    private final AtomicLong highest = new AtomicLong();

    HeadSeen() {}

    /// The highest head seen so far.
    public Position position() {
        return Position.of(highest.get());
    }

    /// A statement saw this head.
    public void saw(Position head) {
        highest.accumulateAndGet(head.value(), Math::max);
    }
}
