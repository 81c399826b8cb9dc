package io.floodmark.ingest.clickhouse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One partition that this process has: the records that wait, and the work that is under way.
/// *Threads:* for one.
final class Lane {
    private final TopicPartition partition;
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long firstNanos;
    private long next;
    private @Nullable Plan inherited;
    private @Nullable Work work;

    /// @param next offset from which on nothing is stored
    /// @param inherited what somebody before planned and perhaps did
    Lane(TopicPartition partition, long next, Optional<Plan> inherited) {
        this.partition = partition;
        this.next = next;
        this.inherited = inherited.orElse(null);
    }

    TopicPartition partition() {
        return partition;
    }

    /// Offset of the first record that is not known to be stored.
    long next() {
        return next;
    }

    void add(ConsumerRecord<byte[], byte[]> record, long nowNanos) {
        if (waiting.isEmpty()) {
            firstNanos = nowNanos;
        }
        waiting.add(record);
        waitingBytes += bytes(record);
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(0, record.serializedValueSize())
                + (long) Math.max(0, record.serializedKeySize());
    }

    Optional<Work> work() {
        return Optional.ofNullable(work);
    }

    void begin(Work begun) {
        work = begun;
        inherited = null;
    }

    /// The work is stored: the next begins behind it.
    void finished(Plan plan, long nowNanos) {
        work = null;
        next = plan.last() + 1;
        firstNanos = nowNanos;
    }

    /// Whether no more is to be read for now.
    boolean full(int rowsMax, long bytesMax) {
        return waiting.size() >= rowsMax || waitingBytes >= bytesMax;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && work == null && inherited == null;
    }

    /// For how long the first record has waited.
    long ageNanos(long nowNanos) {
        return waiting.isEmpty() ? 0 : nowNanos - firstNanos;
    }

    /// When the oldest record that waits was written, in milliseconds since 1970.
    Optional<Long> oldestMillis() {
        if (work != null) {
            return work.oldestMillis();
        }
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst().timestamp());
    }

    /// What somebody before planned; that comes before anything else.
    Optional<Plan> inherited() {
        return Optional.ofNullable(inherited);
    }

    /// What fits into one insert, from the first record on.
    Plan plan(int rowsMax, long bytesMax) {
        long bytes = 0;
        int rows = 0;
        long last = next;
        for (ConsumerRecord<byte[], byte[]> record : waiting) {
            if (rows == rowsMax || bytes >= bytesMax) {
                break;
            }
            bytes += bytes(record);
            rows++;
            last = record.offset();
        }
        return new Plan(last);
    }

    /// Takes the records of a plan out.
    List<ConsumerRecord<byte[], byte[]>> take(Plan plan) {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().offset() <= plan.last()) {
            ConsumerRecord<byte[], byte[]> record = waiting.removeFirst();
            waitingBytes -= bytes(record);
            taken.add(record);
        }
        return taken;
    }
}
