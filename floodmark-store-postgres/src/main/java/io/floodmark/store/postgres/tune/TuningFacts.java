package io.floodmark.store.postgres.tune;

import java.util.Set;

/// What the recommendations depend on.
///
/// @param memoryBytes memory that the server may use, the file cache included
/// @param cores processors that it may use
/// @param majorVersion of PostgreSQL
/// @param role what the server does
/// @param connections sessions that it must allow
/// @param load how much is appended
/// @param walBytesMax most disk space that the log may be allowed to take
/// @param walCompressions methods that the server was built with, as `wal_compression` names them
public record TuningFacts(
        long memoryBytes,
        int cores,
        int majorVersion,
        Role role,
        int connections,
        WriteLoad load,
        long walBytesMax,
        Set<String> walCompressions) {

    /// The least that PostgreSQL is recommended for here.
    public static final long MEMORY_MIN = 256L << 20;

    /// The oldest version that the rules are for.
    public static final int VERSION_MIN = 15;

    /// Connections when nothing tells more: PostgreSQL's own default.
    public static final int CONNECTIONS_DEFAULT = 100;

    /// Disk space for the log when nobody says.
    public static final long WAL_BYTES_DEFAULT = 32L << 30;

    /// The compression that every build has.
    public static final String COMPRESSION_BUILT_IN = "pglz";

    private static final long WAL_BYTES_MIN = 1L << 30;
    private static final int CONNECTIONS_MOST = 10_000;

    /// Checks the values.
    public TuningFacts {
        walCompressions = Set.copyOf(walCompressions);
        require(memoryBytes >= MEMORY_MIN, "memory must be at least 256MB", memoryBytes);
        require(cores >= 1, "cores must be at least 1", cores);
        require(majorVersion >= VERSION_MIN, "PostgreSQL must be 15 or newer", majorVersion);
        require(
                connections >= 1 && connections <= CONNECTIONS_MOST,
                "connections must be in 1..10000",
                connections);
        require(walBytesMax >= WAL_BYTES_MIN, "disk for the log must be at least 1GB", walBytesMax);
    }

    private static void require(boolean holds, String limit, long was) {
        if (!holds) {
            throw new IllegalArgumentException(limit + ", was " + was);
        }
    }

    /// A PostgreSQL 18 of this size in this role, about which no more is known.
    public static TuningFacts of(Role role, long memoryBytes, int cores) {
        return new TuningFacts(
                memoryBytes,
                cores,
                18,
                role,
                CONNECTIONS_DEFAULT,
                new WriteLoad.Unknown(),
                WAL_BYTES_DEFAULT,
                Set.of(COMPRESSION_BUILT_IN));
    }
}
