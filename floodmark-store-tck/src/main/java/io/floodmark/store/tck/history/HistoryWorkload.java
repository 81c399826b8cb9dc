package io.floodmark.store.tck.history;

import java.time.Duration;
import java.util.Objects;

/// What the writers of a run do: everything but the timing follows from the seed.
///
/// @param workers threads that append at the same time
/// @param boundaries consistency boundaries: the values of the tag that conditions ask for
/// @param attempts appends to try in all, rounded up to a multiple of `workers`
/// @param contendedShare part of the attempts, 0 to 1, that go to the one contended boundary
public record HistoryWorkload(
        long seed,
        int workers,
        int boundaries,
        long attempts,
        double contendedShare,
        Conditions conditions,
        Mix mix,
        Limits limits) {

    /// Most threads of one run.
    public static final int WORKERS_MAX = 1_024;

    /// Most boundaries of one run; each costs up to 120 bytes for the whole run.
    public static final int BOUNDARIES_MAX = 1_000_000;

    /// Most attempts of one run: event ids carry the attempt's number in 40 bits.
    public static final long ATTEMPTS_MAX = 100_000_000_000L;

    /// Checks the values.
    public HistoryWorkload {
        atLeastAndAtMost("workers", workers, WORKERS_MAX);
        atLeastAndAtMost("boundaries", boundaries, BOUNDARIES_MAX);
        atLeastAndAtMost("attempts", attempts, ATTEMPTS_MAX);
        share("contendedShare", contendedShare);
        Objects.requireNonNull(conditions, "conditions");
        Objects.requireNonNull(mix, "mix");
        Objects.requireNonNull(limits, "limits");
    }

    /// Which queries the conditions use.
    public enum Conditions {
        /// One query per boundary, its tag: what an append asks is exactly what it writes.
        OWN_TAG,

        /// Tags and types, alone, together and joined by OR, so that different conditions overlap.
        OVERLAPPING_TAGS,

        /// Also payload predicates, with and without a tag beside them.
        EVERY_SHAPE
    }

    /// How often attempts take each form, as parts of all attempts from 0 to 1.
    ///
    /// @param unconditional appends without a condition
    /// @param stale conditions with an `after` that is older than what the worker knows
    /// @param read attempts preceded by a strong read of the condition's query
    /// @param replay acknowledged appends that are sent again with the same event ids
    /// @param several appends of 2 to 4 events
    /// @param crossing events that belong to two boundaries
    /// @param forsaken of the appends of unknown outcome, those that are not sent again
    public record Mix(
            double unconditional,
            double stale,
            double read,
            double replay,
            double several,
            double crossing,
            double forsaken) {

        /// Checks the values.
        public Mix {
            share("unconditional", unconditional);
            share("stale", stale);
            share("read", read);
            share("replay", replay);
            share("several", several);
            share("crossing", crossing);
            share("forsaken", forsaken);
        }

        /// All forms.
        public static Mix everything() {
            return new Mix(0.1, 0.1, 0.2, 0.05, 0.2, 0.1, 0);
        }

        /// Conditional appends of one event with what the worker knows, and some strong reads.
        public static Mix conditionalOnly() {
            return new Mix(0, 0, 0.2, 0, 0, 0, 0);
        }
    }

    /// The bounds of a run.
    ///
    /// @param timeout given to each operation of the store
    /// @param roundAttempts attempts between two checks, which bounds memory: about 250 bytes each
    /// @param roundLimit how long a round may take before the run is given up
    public record Limits(Duration timeout, int roundAttempts, Duration roundLimit) {

        /// Most attempts between two checks.
        public static final int ROUND_ATTEMPTS_MAX = 1_000_000;

        /// Checks the values.
        public Limits {
            positive("timeout", timeout);
            atLeastAndAtMost("roundAttempts", roundAttempts, ROUND_ATTEMPTS_MAX);
            positive("roundLimit", roundLimit);
        }

        /// 10 s for an operation, 100,000 attempts and 5 minutes for a round.
        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(10), 100_000, Duration.ofMinutes(5));
        }
    }

    /// 8 workers on 16 boundaries, 10,000 attempts, half of them on one boundary, of every shape.
    public static HistoryWorkload of(long seed) {
        return new HistoryWorkload(
                seed,
                8,
                16,
                10_000,
                0.5,
                Conditions.EVERY_SHAPE,
                Mix.everything(),
                Limits.defaults());
    }

    /// The default workload with a seed that nobody chose.
    public static HistoryWorkload withFreshSeed() {
        return of(SeededDraws.freshSeed());
    }

    /// The same with other writers.
    public HistoryWorkload workers(int count) {
        return new HistoryWorkload(
                seed, count, boundaries, attempts, contendedShare, conditions, mix, limits);
    }

    /// The same over other boundaries.
    public HistoryWorkload boundaries(int count, double contended) {
        return new HistoryWorkload(
                seed, workers, count, attempts, contended, conditions, mix, limits);
    }

    /// The same with another number of attempts.
    public HistoryWorkload attempts(long count) {
        return new HistoryWorkload(
                seed, workers, boundaries, count, contendedShare, conditions, mix, limits);
    }

    /// The same with other forms of attempts.
    public HistoryWorkload forms(Conditions otherConditions, Mix otherMix) {
        return new HistoryWorkload(
                seed,
                workers,
                boundaries,
                attempts,
                contendedShare,
                otherConditions,
                otherMix,
                limits);
    }

    /// The same within other bounds.
    public HistoryWorkload limits(Limits other) {
        return new HistoryWorkload(
                seed, workers, boundaries, attempts, contendedShare, conditions, mix, other);
    }

    private static void atLeastAndAtMost(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ", was " + value);
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, was " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be above 0, was " + value);
        }
    }
}
