package io.floodmark.bench.service;

import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Does something again and again beside a drive, in a thread of its own, until it is closed or
/// fails.
final class Repeated implements AutoCloseable {
    private static final Duration END_MAX = Duration.ofMinutes(1);

    private final Task task;
    private final Duration every;
    private final Thread thread;
    private volatile boolean ending;
    private volatile @Nullable Exception failure;

    /// What is done.
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    private Repeated(String name, Duration every, Task task) {
        this.task = task;
        this.every = every;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::repeat);
    }

    /// Starts; the first time comes after `every`.
    static Repeated start(String name, Duration every, Task task) {
        Repeated repeated = new Repeated(name, every, task);
        repeated.thread.start();
        return repeated;
    }

    private void repeat() {
        long next = SystemTime.INSTANCE.nanos() + every.toNanos();
        try {
            while (!ending) {
                if (SystemTime.INSTANCE.nanos() < next) {
                    SystemTime.INSTANCE.parkUntil(next);
                    continue;
                }
                task.run();
                next += every.toNanos();
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    /// What ended it before its time, in words.
    Optional<String> failure() {
        return Optional.ofNullable(failure).map(e -> thread.getName() + " failed: " + e);
    }

    /// Waits for the end of what it does.
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(END_MAX)) {
                failure = new IllegalStateException("it did not end within " + END_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        }
    }
}
