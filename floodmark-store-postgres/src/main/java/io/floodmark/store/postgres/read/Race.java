package io.floodmark.store.postgres.read;

import io.floodmark.store.StoreException;
import io.floodmark.store.postgres.observe.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Attempts at the same question, of which the first good answer counts. Closing interrupts those
/// that still run. For one thread.
///
/// @param <T> the answer
final class Race<T> implements AutoCloseable {
    private final BlockingQueue<Outcome<T>> outcomes = new LinkedBlockingQueue<>();
    private final List<Thread> runners = new ArrayList<>();

    /// What came of one attempt.
    sealed interface Outcome<T> {
        record Answered<T>(T answer) implements Outcome<T> {}

        record Failed<T>(RuntimeException failure) implements Outcome<T> {}
    }

    void start(Supplier<T> attempt) {
        Runnable carried = Footprint.current().carried(() -> run(attempt));
        runners.add(Thread.ofVirtual().name("floodmark-race").start(carried));
    }

    private void run(Supplier<T> attempt) {
        try {
            outcomes.add(new Outcome.Answered<>(attempt.get()));
        } catch (StoreException | IllegalStateException e) {
            outcomes.add(new Outcome.Failed<>(e));
        }
    }

    /// The next outcome, or nothing when none came in time.
    @Nullable Outcome<T> poll(long nanos) throws InterruptedException {
        return outcomes.poll(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        runners.forEach(Thread::interrupt);
    }
}
