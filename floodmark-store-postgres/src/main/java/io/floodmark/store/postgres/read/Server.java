package io.floodmark.store.postgres.read;

import io.floodmark.store.postgres.session.Sessions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A server that answers reads, and whether it lately did. *Threads:* for all.
final class Server {
    /// How long a server that could not be reached is left alone.
    private static final Duration REST = Duration.ofSeconds(1);

    private final Sessions sessions;
    private final LongSupplier nanos;
    private final AtomicLong restsUntil;

    Server(Sessions sessions, LongSupplier nanos) {
        this.sessions = sessions;
        this.nanos = nanos;
        this.restsUntil = new AtomicLong(nanos.getAsLong());
    }

    Sessions sessions() {
        return sessions;
    }

    boolean isUsable() {
        return nanos.getAsLong() - restsUntil.get() >= 0;
    }

    void failed() {
        restsUntil.set(nanos.getAsLong() + REST.toNanos());
    }
}
