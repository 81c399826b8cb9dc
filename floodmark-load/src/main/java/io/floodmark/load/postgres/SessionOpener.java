package io.floodmark.load.postgres;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// The openings under way of one pool, each on a virtual thread of its own.
///
/// *Threads.* [#start()], [#ended()], [#count()] and [#interruptAll()] are called under the pool's
/// lock; the two consumers are called without it, by the thread of the opening.
final class SessionOpener<S extends AutoCloseable> {

    private final SessionFactory<S> factory;
    private final Consumer<S> opened;
    private final Consumer<SQLException> refused;
    private final Set<Thread> underWay = new HashSet<>();

    /// Each opening ends in exactly one call of `opened` or `refused`.
    SessionOpener(SessionFactory<S> factory, Consumer<S> opened, Consumer<SQLException> refused) {
        this.factory = factory;
        this.opened = opened;
        this.refused = refused;
    }

    void start() {
        underWay.add(Thread.ofVirtual().name("floodmark-open").start(this::open));
    }

    private void open() {
        S session;
        try {
            session = factory.open();
        } catch (SQLException e) {
            refused.accept(e);
            return;
        } catch (RuntimeException | Error e) {
            refused.accept(new SQLException("the session could not be prepared: " + e, e));
            return;
        }
        opened.accept(session);
    }

    /// The current thread's opening is over.
    void ended() {
        underWay.remove(Thread.currentThread());
    }

    int count() {
        return underWay.size();
    }

    void interruptAll() {
        underWay.forEach(Thread::interrupt);
    }
}
