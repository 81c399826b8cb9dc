package io.floodmark.load.config;

/// How unevenly events fall on users.
public sealed interface Skew {

    /// On all alike.
    record Uniform() implements Skew {

        @Override
        public String toString() {
            return "uniform";
        }
    }

    /// On the user of rank r in proportion to 1 / r^exponent.
    ///
    /// @param exponent above 0, at most 5
    record Zipf(double exponent) implements Skew {

        @Override
        public String toString() {
            return "zipf:" + Rates.plain(java.math.BigDecimal.valueOf(exponent));
        }
    }

    /// A share of them on a few users, the rest on all alike.
    ///
    /// @param percent of the events
    /// @param users how many those few are
    record Hot(int percent, int users) implements Skew {

        @Override
        public String toString() {
            return "hot:" + percent + "/" + users;
        }
    }
}
