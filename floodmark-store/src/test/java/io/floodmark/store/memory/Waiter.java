package io.floodmark.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A call on a thread of its own that is known to wait.
final class Waiter<T> {

    private final FutureTask<T> call;
    private final Thread thread;

    private Waiter(Callable<T> call) {
        this.call = new FutureTask<>(call);
        thread = Thread.ofPlatform().daemon().start(this.call);
    }

    /// Returns once the call waits; fails if it ends without.
    static <T> Waiter<T> waitingIn(Callable<T> call) {
        var waiter = new Waiter<>(call);
        while (waiter.thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(waiter.call.isDone()).as("ended without waiting").isFalse();
            Thread.onSpinWait();
        }
        return waiter;
    }

    void interrupt() {
        thread.interrupt();
    }

    T result() throws InterruptedException, ExecutionException, TimeoutException {
        return call.get(30, TimeUnit.SECONDS);
    }

    Throwable failure() {
        assertThat(catchThrowable(this::result)).isInstanceOf(ExecutionException.class);
        return call.exceptionNow();
    }
}
