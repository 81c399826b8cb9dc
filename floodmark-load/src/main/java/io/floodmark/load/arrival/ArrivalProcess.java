package io.floodmark.load.arrival;

import java.time.Duration;
import java.util.Optional;

/// A rule that fixes, before the run, when operations are due. Equal seeds give equal arrivals.
///
/// To add one: copy [ConstantArrivals], and register its notation in [ArrivalNotation].
public interface ArrivalProcess {

    /// A new pass over the arrivals.
    Arrivals start(long seed);

    /// How many arrivals to expect within `length`.
    double expectedWithin(Duration length);

    /// The highest rate that the process reaches within `length`, arrivals per second.
    double peakPerSecond(Duration length);

    /// The length that the process has by itself, if any.
    default Optional<Duration> ownLength() {
        return Optional.empty();
    }

    /// The process in words, with its rate.
    String describe();
}
