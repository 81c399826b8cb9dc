package io.floodmark.load.postgres;

import java.time.Duration;

/// Closes sessions in the background, and breaks off those that do not let themselves be closed.
///
/// *Threads.* Any thread may call; two virtual threads for each session, gone with it.
final class SessionCloser<S extends AutoCloseable> {

    /// How long a polite close may take: a frozen server takes for ever.
    private static final Duration POLITE_MAX = Duration.ofSeconds(1);

    private final SessionFactory<S> factory;
    private final Runnable whenClosed;

    /// `whenClosed` runs once for each session, after it is gone.
    SessionCloser(SessionFactory<S> factory, Runnable whenClosed) {
        this.factory = factory;
        this.whenClosed = whenClosed;
    }

    void close(S session) {
        Thread.ofVirtual().name("floodmark-close").start(() -> closeOrAbort(session));
    }

    private void closeOrAbort(S session) {
        try {
            Thread polite = Thread.ofVirtual().start(() -> closePolitely(session));
            if (!polite.join(POLITE_MAX)) {
                abort(session);
            }
        } catch (InterruptedException e) {
            abort(session);
            Thread.currentThread().interrupt();
        } finally {
            whenClosed.run();
        }
    }

    private void closePolitely(S session) {
        try {
            session.close();
        } catch (Exception e) {
            // A session that fails to close is broken; aborting frees what it still holds.
            abort(session);
        }
    }

    void abort(S session) {
        try {
            factory.abort(session);
        } catch (RuntimeException e) {
            // One session must not keep the others from being closed.
        }
    }
}
