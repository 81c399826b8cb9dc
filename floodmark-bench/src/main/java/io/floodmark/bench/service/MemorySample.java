package io.floodmark.bench.service;

/// A service's memory at one moment, in bytes.
///
/// @param second since the start of the drive
/// @param resident of its process
/// @param heap that its JVM holds, used or not
/// @param live that was left by the last full collection; 0 before the first
/// @param outside the heap: classes, code and direct buffers
/// @param inFlight of requests under way, by the service's own account
record MemorySample(
        double second, double resident, double heap, double live, double outside, double inFlight) {

    private static final String HEAP = "area=\"heap\"";

    static MemorySample of(double second, long resident, Meters meters) {
        return new MemorySample(
                second,
                (double) resident,
                meters.sum("jvm_memory_committed_bytes", HEAP),
                meters.sum("jvm_gc_live_data_size_bytes", ""),
                meters.sum("jvm_memory_committed_bytes", "area=\"nonheap\"")
                        + meters.sum("jvm_buffer_memory_used_bytes", ""),
                meters.sum("ingest_inflight_bytes", ""));
    }
}
