package io.floodmark.ingest.journal;

import io.floodmark.ingest.Delivery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads segments from the oldest on. *Threads:* for one; the count of damaged bytes is for all.
final class JournalReader {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private long position;
    private @Nullable Segment segment;
    private long offset;
    private final AtomicLong damagedBytes = new AtomicLong();

    JournalReader(long position) {
        this.position = position;
    }

    /// Events to be replayed together.
    ///
    /// @param deliveries the events, oldest first
    /// @param takenMicros when the first of them was taken
    /// @param nextNumber number of the event after the last
    /// @param end offset after the last
    record Chunk(List<Delivery> deliveries, long takenMicros, long nextNumber, long end) {}

    long damagedBytes() {
        return damagedBytes.get();
    }

    /// What comes next in this segment; empty when there is nothing yet, or nothing more.
    Optional<Chunk> next(Segment head, int rowsMax, long bytesMax) throws IOException {
        if (head != segment) {
            segment = head;
            offset = SegmentScan.MAGIC.length;
        }
        if (offset >= head.durable()) {
            return Optional.empty();
        }
        byte[] bytes = head.read(offset);
        List<Delivery> deliveries = new ArrayList<>();
        long taken = 0;
        long next = position;
        long size = 0;
        int at = 0;
        while (at < bytes.length && deliveries.size() < rowsMax && size < bytesMax) {
            Optional<JournalRecord> found = JournalRecord.decode(bytes, at);
            if (found.isEmpty()) {
                at = afterDamage(head, bytes, at);
                continue;
            }
            JournalRecord record = found.get();
            at = record.end();
            if (record.number() >= position) {
                taken = deliveries.isEmpty() ? record.takenMicros() : taken;
                deliveries.add(record.delivery());
                size += record.delivery().event().bytes();
                next = record.number() + 1;
            }
        }
        if (deliveries.isEmpty()) {
            offset += at;
            return Optional.empty();
        }
        return Optional.of(new Chunk(deliveries, taken, next, offset + at));
    }

    /// Recovery left whole records only, so the disk changed them since.
    private int afterDamage(Segment head, byte[] bytes, int from) {
        int at = from + 1;
        while (at < bytes.length && JournalRecord.decode(bytes, at).isEmpty()) {
            at++;
        }
        damagedBytes.addAndGet(at - from);
        LOG.error("{} has {} damaged bytes at {}", head.file(), at - from, offset + from);
        return at;
    }

    /// Whether all of this segment is done.
    boolean consumed(Segment last) {
        return last == segment && offset >= last.length();
    }

    void done(Chunk chunk) {
        offset = chunk.end();
        position = chunk.nextNumber();
    }
}
