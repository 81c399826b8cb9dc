package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.Outcome;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// The records of one plan on their way into the tables. *Threads:* for one.
final class Work {
    private static final int NAME_BYTES = 16;

    private final Plan plan;
    private final @Nullable Piece piece;
    private final ArrayDeque<DeadLetter> letters = new ArrayDeque<>();
    private final int records;
    private final Optional<Long> oldest;
    private final Progress progress = new Progress();
    private boolean repeated;
    private boolean rowsSettled;

    private Work(
            Plan plan,
            @Nullable Piece piece,
            List<DeadLetter> letters,
            List<ConsumerRecord<byte[], byte[]>> records,
            boolean repeated) {
        this.plan = plan;
        this.piece = piece;
        this.letters.addAll(letters);
        this.records = records.size();
        this.oldest = records.stream().map(ConsumerRecord::timestamp).min(Long::compare);
        this.repeated = repeated;
        this.rowsSettled = piece == null;
    }

    /// Of these records.
    ///
    /// @param repeated whether somebody before may have done it
    static Work of(
            TopicPartition partition,
            Plan plan,
            List<ConsumerRecord<byte[], byte[]>> records,
            FeedRecords reader,
            boolean repeated) {
        List<EventRow> rows = new ArrayList<>(records.size());
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (reader.read(record)) {
                case FeedRecords.Read.Event(EventRow row) -> rows.add(row);
                case FeedRecords.Read.Poison(DeadLetter letter) -> letters.add(letter);
            }
        }
        Piece piece = rows.isEmpty() ? null : new Piece(name(partition, records), rows);
        return new Work(plan, piece, letters, records, repeated);
    }

    /// Says which records these are and what they hold: a topic that was made anew has the same
    /// offsets with other records, and their insert must not be mistaken for the old one.
    private static String name(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        MessageDigest digest = Hashes.sha256();
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            digest.update(
                    numbers.clear().putLong(record.offset()).putLong(record.timestamp()).array());
            update(digest, record.key());
            update(digest, record.value());
            for (Header header : record.headers()) {
                update(digest, header.value());
            }
        }
        byte[] hash = new byte[NAME_BYTES];
        System.arraycopy(digest.digest(), 0, hash, 0, NAME_BYTES);
        return "kafka/%s/%d/%d-%d/%s"
                .formatted(
                        partition.topic(),
                        partition.partition(),
                        records.getFirst().offset(),
                        records.getLast().offset(),
                        HexFormat.of().formatHex(hash));
    }

    private static void update(MessageDigest digest, byte @Nullable [] bytes) {
        int length = bytes == null ? -1 : bytes.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
        if (bytes != null) {
            digest.update(bytes);
        }
    }

    Plan plan() {
        return plan;
    }

    int records() {
        return records;
    }

    Optional<Long> oldestMillis() {
        return oldest;
    }

    /// Does what is left of it; true when all of it is in the tables.
    boolean advance(Inserter inserter) {
        if (!rowsSettled && piece != null) {
            List<Outcome> outcomes = inserter.insert(piece, repeated, progress);
            rowsSettled = outcomes.stream().allMatch(ClickHouseWriter::settled);
            repeated = true;
        }
        while (rowsSettled && !letters.isEmpty()) {
            DeadLetter letter = letters.getFirst();
            if (!inserter.bury(letter, letterName(letter))) {
                return false;
            }
            letters.removeFirst();
        }
        return rowsSettled;
    }

    private String letterName(DeadLetter letter) {
        byte[] hash = Hashes.sha256().digest(letter.bytes());
        return "%s/%s".formatted(letter.origin(), HexFormat.of().formatHex(hash, 0, NAME_BYTES));
    }
}
