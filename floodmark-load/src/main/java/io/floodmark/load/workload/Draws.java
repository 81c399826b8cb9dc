package io.floodmark.load.workload;

/// Numbers that (seed, operation, purpose) determine, in any order and on any thread.
///
/// @param seed the run's seed
public record Draws(long seed) {

    /// A number in `[0, bound)`, for one purpose of an operation.
    public int draw(long operation, int purpose, int bound) {
        return (int) Math.floorMod(mixed(operation, purpose), (long) bound);
    }

    /// A number in `[0, 1)`, for one purpose of an operation.
    public double fraction(long operation, int purpose) {
        return (mixed(operation, purpose) >>> 11) * 0x1p-53;
    }

    /// The finalizer of MurmurHash3 over (seed, operation, purpose).
    private long mixed(long operation, int purpose) {
        long x = seed ^ (operation * 0x9E3779B97F4A7C15L) ^ ((long) purpose << 40);
        x = (x ^ (x >>> 33)) * 0xFF51AFD7ED558CCDL;
        x = (x ^ (x >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return x ^ (x >>> 33);
    }
}
