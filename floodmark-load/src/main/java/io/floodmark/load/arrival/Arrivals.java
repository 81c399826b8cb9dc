package io.floodmark.load.arrival;

/// One pass over the arrivals of an [ArrivalProcess].
///
/// *Threads.* Confined to one thread.
public interface Arrivals {

    /// What [#nextNanos()] returns when no arrival is left.
    long NONE = Long.MAX_VALUE;

    /// When the next arrival is due, nanoseconds since the start of the run; never decreases.
    long nextNanos();
}
