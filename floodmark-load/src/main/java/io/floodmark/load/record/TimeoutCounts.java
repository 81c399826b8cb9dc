package io.floodmark.load.record;

/// Where operations were when their deadline passed.
///
/// @param inQueue waiting for a worker
/// @param inPool holding a worker, waiting for a connection
/// @param inService sent to the target
public record TimeoutCounts(long inQueue, long inPool, long inService) {

    public static final TimeoutCounts NONE = new TimeoutCounts(0, 0, 0);

    public long total() {
        return inQueue + inPool + inService;
    }
}
