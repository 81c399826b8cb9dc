package io.floodmark.ingest.flow;

import java.time.Duration;

/// When a batch is closed: on the first of enough bytes, enough events, the age of its first event,
/// and, if `eager`, a free writer.
///
/// Eager suits sinks whose cost for a batch is small: under load batches grow by themselves while
/// all writers are busy. With cost a + b·n for n events and λ events a second, one writer settles
/// at n = λa / (1 − λb). Not eager suits sinks that want few large inserts.
///
/// @param rowsMax most events in a batch
/// @param bytesMax bytes at which a batch is closed; one event more may go beyond
/// @param ageMax longest that the first event waits while a writer is free
/// @param eager whether a free writer takes what there is
public record BatchRule(int rowsMax, long bytesMax, Duration ageMax, boolean eager) {

    /// Checks the values.
    public BatchRule {
        if (rowsMax < 1 || bytesMax < 1 || ageMax.isNegative() || ageMax.isZero()) {
            throw new IllegalArgumentException(
                    "rowsMax, bytesMax and ageMax must be positive, were %d, %d and %s"
                            .formatted(rowsMax, bytesMax, ageMax));
        }
    }

    /// For PostgreSQL: up to 8,000 events or 4 MiB, at once when a writer is free.
    public static BatchRule forPostgres() {
        return new BatchRule(8_000, 4L << 20, Duration.ofMillis(50), true);
    }

    /// For ClickHouse, which wants about one insert a second: up to 50,000 events or 16 MiB, a
    /// second after the first of them.
    public static BatchRule forClickHouse() {
        return new BatchRule(50_000, 16L << 20, Duration.ofSeconds(1), false);
    }

    /// For Kafka, whose producer batches by itself: up to 10,000 events or 4 MiB, at once.
    public static BatchRule forKafka() {
        return new BatchRule(10_000, 4L << 20, Duration.ofMillis(50), true);
    }

    /// What to do with what waits.
    sealed interface Decision {
        /// Close the batch now.
        record Flush(FlushReason reason) implements Decision {}

        /// Look again after this time, or when more has come.
        record Wait(long nanos) implements Decision {}

        /// Look again when something has come.
        record Idle() implements Decision {}
    }

    /// Decides for a free writer.
    ///
    /// @param rows events that wait
    /// @param bytes their bytes
    /// @param ageNanos for how long the first of them has waited
    /// @param draining whether nothing more is to come
    Decision decide(int rows, long bytes, long ageNanos, boolean draining) {
        if (rows == 0) {
            return new Decision.Idle();
        }
        if (bytes >= bytesMax) {
            return new Decision.Flush(FlushReason.BYTES);
        }
        if (rows >= rowsMax) {
            return new Decision.Flush(FlushReason.ROWS);
        }
        if (ageNanos >= ageMax.toNanos()) {
            return new Decision.Flush(FlushReason.AGE);
        }
        if (draining) {
            return new Decision.Flush(FlushReason.DRAIN);
        }
        return eager
                ? new Decision.Flush(FlushReason.SLOT)
                : new Decision.Wait(ageMax.toNanos() - ageNanos);
    }
}
