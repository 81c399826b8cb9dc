package io.floodmark.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// A lock by name of a file, held against the other threads of this JVM and against other
/// processes; the system releases it when its process dies.
///
/// *Threads:* opened and closed by the same thread.
final class FileGate implements AutoCloseable {
    // A file lock belongs to the whole process, so threads need a lock of their own in front of it.
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;

    private FileGate(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    static FileGate open(Path file, Duration timeout) throws IOException {
        ReentrantLock threads =
                THREADS.computeIfAbsent(file.toAbsolutePath(), _ -> new ReentrantLock());
        if (!lock(threads, timeout)) {
            throw busy(file, timeout);
        }
        try {
            return new FileGate(threads, lockFile(file, timeout));
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static boolean lock(ReentrantLock threads, Duration timeout) {
        try {
            return threads.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FileChannel lockFile(Path file, Duration timeout) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (Waiting.until(timeout, () -> tryLock(channel))) {
                return channel;
            }
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw busy(file, timeout);
    }

    private static boolean tryLock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (IOException e) {
            throw new LocalServerException("this file system cannot lock files: " + e, e);
        }
    }

    private static LocalServerException busy(Path file, Duration timeout) {
        return new LocalServerException(
                "another process has held %s for %d s; wait for it or end it"
                        .formatted(file, timeout.toSeconds()));
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }
}
