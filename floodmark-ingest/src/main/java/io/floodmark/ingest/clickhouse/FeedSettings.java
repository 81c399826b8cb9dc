package io.floodmark.ingest.clickhouse;

import java.time.Duration;

/// How events come from Kafka.
///
/// @param bootstrap addresses of brokers, `host:port` with commas between
/// @param topic that holds the events
/// @param group name of the group that keeps the place
/// @param session how long a process that is silent, because it was killed for instance, keeps its
///   partitions; default 10 s, and brokers allow no less than 6 s unless they are told to
/// @param gathering how many go into one insert
public record FeedSettings(
        String bootstrap, String topic, String group, Duration session, Gathering gathering) {
    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final int SESSION_MILLIS_MIN = 100;

    /// Checks the values.
    public FeedSettings {
        if (session.toMillis() < SESSION_MILLIS_MIN) {
            throw new IllegalArgumentException("session must be at least 0.1 s, was " + session);
        }
        if (bootstrap.isBlank() || topic.isBlank() || group.isBlank()) {
            throw new IllegalArgumentException(
                    "bootstrap, topic and group must have names, were '%s', '%s' and '%s'"
                            .formatted(bootstrap, topic, group));
        }
    }

    /// The documented defaults for this topic and group.
    public static FeedSettings of(String bootstrap, String topic, String group) {
        return new FeedSettings(bootstrap, topic, group, SESSION, Gathering.defaults());
    }

    /// How many events go into one insert, which always are events of one partition.
    ///
    /// @param rowsMax most events; default 100,000
    /// @param bytesMax bytes at which an insert is closed; default 32 MiB, less when there are many
    ///   partitions
    /// @param interval time between inserts of one process: an event waits for as many intervals as
    ///   the process has partitions, and at most ten; default 1 s
    public record Gathering(int rowsMax, long bytesMax, Duration interval) {
        private static final int ROWS_MAX = 1_000_000;

        /// Most memory for events that wait, of all partitions together.
        static final long WAITING_BYTES_MAX = 128L << 20;

        private static final int INTERVALS_MAX = 10;

        /// Checks the values.
        public Gathering {
            // Beyond a million ClickHouse makes two blocks of an insert.
            if (rowsMax < 1 || rowsMax > ROWS_MAX || bytesMax < 1 || !interval.isPositive()) {
                throw new IllegalArgumentException(
                        "rowsMax must be from 1 to %d, bytesMax and interval positive, were %d, %d and %s"
                                .formatted(ROWS_MAX, rowsMax, bytesMax, interval));
            }
        }

        /// The documented defaults.
        public static Gathering defaults() {
            return new Gathering(100_000, 32L << 20, Duration.ofSeconds(1));
        }

        /// Bytes that close an insert when this process has so many partitions.
        long bytesMax(int partitions) {
            return Math.min(bytesMax, WAITING_BYTES_MAX / Math.max(1, partitions));
        }

        /// Longest that an event waits for others.
        long ageNanosMax(int partitions) {
            return interval.toNanos() * Math.clamp(partitions, 1, INTERVALS_MAX);
        }
    }
}
