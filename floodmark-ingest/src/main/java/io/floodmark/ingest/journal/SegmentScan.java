package io.floodmark.ingest.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a segment's bytes hold: whole records, and the parts between them that are none.
///
/// After a damaged part the next whole record is looked for byte by byte. Nothing inside of an
/// event can pass for one: a record's first byte is 0, which valid JSON and names never hold.
///
/// @param records in their order
/// @param damages in their order
record SegmentScan(List<Range> records, List<Range> damages) {
    static final byte[] MAGIC = {'F', 'M', 'J', 'R', 'N', 'L', '0', '1'};

    /// A part of the bytes, and for records the numbers of the first and the one after the last.
    record Range(int from, int to, long firstNumber, long nextNumber) {}

    static SegmentScan of(byte[] bytes) {
        List<Range> records = new ArrayList<>();
        List<Range> damages = new ArrayList<>();
        int at = hasMagic(bytes) ? MAGIC.length : 0;
        long least = 0;
        while (at < bytes.length) {
            Optional<JournalRecord> found = record(bytes, at, least);
            int from = at;
            while (found.isEmpty() && at < bytes.length) {
                at++;
                found = record(bytes, at, least);
            }
            if (at > from) {
                damages.add(new Range(from, at, 0, 0));
            }
            if (found.isPresent()) {
                JournalRecord record = found.get();
                add(records, at, record);
                least = record.number() + 1;
                at = record.end();
            }
        }
        return new SegmentScan(records, damages);
    }

    private static Optional<JournalRecord> record(byte[] bytes, int at, long least) {
        return JournalRecord.decode(bytes, at).filter(record -> record.number() >= least);
    }

    /// Neighbours become one range.
    private static void add(List<Range> records, int at, JournalRecord record) {
        long next = record.number() + 1;
        if (!records.isEmpty() && records.getLast().to() == at) {
            Range last = records.removeLast();
            records.add(new Range(last.from(), record.end(), last.firstNumber(), next));
        } else {
            records.add(new Range(at, record.end(), record.number(), next));
        }
    }

    private static boolean hasMagic(byte[] bytes) {
        return bytes.length >= MAGIC.length
                && ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    boolean damaged() {
        return !damages.isEmpty();
    }

    long damagedBytes() {
        return damages.stream().mapToLong(range -> range.to() - range.from()).sum();
    }

    /// Number after the last record's; 0 when there is none.
    long nextNumber() {
        return records.isEmpty() ? 0 : records.getLast().nextNumber();
    }
}
