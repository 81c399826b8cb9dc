package io.floodmark.load.time;

/// A monotonic clock that can be waited on. Times are nanoseconds on the scale of
/// [System#nanoTime()]; only differences mean something.
public interface TimeSource {

    long nanos();

    /// Parks the calling thread until `deadlineNanos`, an unpark, or an interrupt, whichever is
    /// first; may return early.
    void parkUntil(long deadlineNanos);
}
