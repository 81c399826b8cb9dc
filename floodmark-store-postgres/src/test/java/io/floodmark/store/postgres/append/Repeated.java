package io.floodmark.store.postgres.append;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A deed that is done again and again in the background until it is closed; its failure is thrown
/// by the close.
final class Repeated implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;

    /// What is done.
    @FunctionalInterface
    interface Deed {
        void run() throws Exception;
    }

    private Repeated(Duration pause, Deed deed) {
        thread = Thread.ofPlatform().daemon().start(() -> repeat(pause, deed));
    }

    static Repeated every(Duration pause, Deed deed) {
        return new Repeated(pause, deed);
    }

    private void repeat(Duration pause, Deed deed) {
        try {
            while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                deed.run();
                times.incrementAndGet();
            }
        } catch (Exception e) {
            failure.set(e);
        }
    }

    int times() {
        return times.get();
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Exception thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("the deed failed", thrown);
        }
    }
}
