package io.floodmark.load.preflight;

/// The bounds that a [Governor] keeps.
///
/// @param poolMax connections of the full pool
/// @param minFree connections that must stay free for others
/// @param diskFloorBytes free space below which the run stops
/// @param starvedTicksMax consecutive ticks with less than `minFree` after which the run stops
public record GovernorPlan(int poolMax, int minFree, long diskFloorBytes, int starvedTicksMax) {

    private static final int STARVED_TICKS_DEFAULT = 5;

    public GovernorPlan {
        if (poolMax < 1 || minFree < 0 || diskFloorBytes < 0 || starvedTicksMax < 1) {
            throw new IllegalArgumentException(
                    "pool of %d, %d free, disk floor %d, %d ticks: negative or zero"
                            .formatted(poolMax, minFree, diskFloorBytes, starvedTicksMax));
        }
    }

    /// Five ticks of patience and 512 MiB of disk, half of what the preflight asks for.
    public static GovernorPlan of(int poolMax, int minFree) {
        return new GovernorPlan(
                poolMax, minFree, StorageRules.DISK_RESERVE_BYTES / 2, STARVED_TICKS_DEFAULT);
    }
}
