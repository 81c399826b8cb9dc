package io.floodmark.store.postgres.tune;

/// How much is appended, as far as it is known.
public sealed interface WriteLoad {

    /// Nobody said.
    record Unknown() implements WriteLoad {}

    /// Somebody did.
    ///
    /// @param eventsPerSecond at the busiest time
    record Known(double eventsPerSecond) implements WriteLoad {
        private static final double MOST = 10_000_000;

        /// Checks the rate.
        public Known {
            if (!(eventsPerSecond > 0 && eventsPerSecond <= MOST)) {
                throw new IllegalArgumentException(
                        "a rate must be above 0 and at most 10,000,000 events/s, was "
                                + eventsPerSecond);
            }
        }
    }
}
