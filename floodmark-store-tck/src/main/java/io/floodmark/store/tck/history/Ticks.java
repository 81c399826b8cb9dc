package io.floodmark.store.tck.history;

/// The only place of this module that reads the machine's clock.
///
/// *Threads.* Any thread.
public final class Ticks {

    private Ticks() {}

    /// A monotonic reading in nanoseconds, comparable between the threads of this JVM.
    public static long nanos() {
        return System.nanoTime();
    }

    /// Milliseconds since the epoch, for the timestamps of identifiers and events.
    public static long wallMillis() {
        return System.currentTimeMillis();
    }
}
