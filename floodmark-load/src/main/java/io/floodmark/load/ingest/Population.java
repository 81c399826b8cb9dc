package io.floodmark.load.ingest;

import io.floodmark.load.config.Skew;
import java.util.Arrays;

/// The users that events fall on, some more often than others. *Threads.* Any.
final class Population {

    private final int users;
    private final Skew skew;

    /// For a Zipf skew: the share of the users up to each rank; else empty.
    private final double[] cumulative;

    Population(int users, Skew skew) {
        this.users = users;
        this.skew = skew;
        this.cumulative =
                switch (skew) {
                    case Skew.Zipf(double exponent) -> cumulative(users, exponent);
                    case Skew.Uniform(), Skew.Hot _ -> new double[0];
                };
    }

    private static double[] cumulative(int users, double exponent) {
        double[] shares = new double[users];
        double sum = 0;
        for (int rank = 0; rank < users; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            shares[rank] = sum;
        }
        for (int rank = 0; rank < users; rank++) {
            shares[rank] /= sum;
        }
        return shares;
    }

    /// The user, from 0, that a number in `[0, 1)` falls on.
    int user(double fraction) {
        return switch (skew) {
            case Skew.Uniform() -> (int) (fraction * users);
            case Skew.Zipf _ -> ranked(fraction);
            case Skew.Hot(int percent, int few) ->
                    hot(fraction, percent / 100.0, Math.min(few, users));
        };
    }

    private int ranked(double fraction) {
        int found = Arrays.binarySearch(cumulative, fraction);
        return Math.min(found < 0 ? -found - 1 : found + 1, users - 1);
    }

    private int hot(double fraction, double share, int few) {
        return fraction < share
                ? (int) (fraction / share * few)
                : (int) ((fraction - share) / (1 - share) * users);
    }
}
