package io.floodmark.ingest.kafka;

import io.floodmark.ingest.replay.DeadLetter;
import io.floodmark.ingest.replay.DeadLettersUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The dead letters of the sink in Kafka: those that the topic holds when this is opened.
///
/// That a letter was replayed is written into its own partition, as a record with the header
/// `replayed`, its offset. Such a note is younger than its letter, so that retention removes the
/// letter first; the offsets of a group would be forgotten while the group is away. *Threads:* for
/// one.
public final class KafkaDeadLetters implements io.floodmark.ingest.replay.DeadLetters {
    private static final int PAGE_MAX = 100;

    private final TopicSpan span;
    private final Producer<byte[], byte[]> notes;
    private final Clock clock;
    private final long answerMillis;
    private final Map<TopicPartition, BitSet> replayed = new HashMap<>();

    private KafkaDeadLetters(KafkaSettings settings, Clock clock) {
        this.span = TopicSpan.open(settings.bootstrap(), settings.deadLetterTopic());
        this.notes =
                new KafkaProducer<>(
                        settings.producerConfig(settings.producer().batchBytes()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.clock = clock;
        this.answerMillis = settings.producer().delivery().plusSeconds(2).toMillis();
    }

    /// Reads which of them were replayed.
    ///
    /// @throws KafkaNotReady when there is no such topic, or Kafka does not answer
    /// @throws DeadLettersUnavailable when the reading breaks off
    public static KafkaDeadLetters open(KafkaSettings settings, Clock clock) {
        KafkaDeadLetters letters = new KafkaDeadLetters(settings, clock);
        try {
            letters.readNotes();
            return letters;
        } catch (IOException e) {
            letters.close();
            throw unavailable(e);
        }
    }

    private void readNotes() throws IOException {
        for (TopicPartition partition : span.partitions()) {
            span.read(
                    partition,
                    span.first(partition),
                    record -> {
                        note(record).ifPresent(offset -> mark(partition, offset));
                        return true;
                    });
        }
    }

    /// The offset of the letter that a record says was replayed, if it is such a note.
    private static Optional<Long> note(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(KafkaRecords.REPLAYED))
                .map(Header::value)
                .filter(value -> value.length == Long.BYTES)
                .map(value -> ByteBuffer.wrap(value).getLong());
    }

    private void mark(TopicPartition partition, long offset) {
        if (offset >= span.first(partition) && offset < span.end(partition)) {
            replayed.computeIfAbsent(partition, _ -> new BitSet())
                    .set((int) (offset - span.first(partition)));
        }
    }

    private boolean isMarked(TopicPartition partition, long offset) {
        BitSet marked = replayed.get(partition);
        return marked != null && marked.get((int) (offset - span.first(partition)));
    }

    /// Where a letter lies, as its key tells.
    private record Place(int partition, long offset) {
        static Place parse(String key) {
            int slash = key.indexOf('/');
            return new Place(
                    Integer.parseInt(key.substring(0, slash)),
                    Long.parseLong(key.substring(slash + 1)));
        }

        static String key(ConsumerRecord<byte[], byte[]> record) {
            return String.format(Locale.ROOT, "%010d/%019d", record.partition(), record.offset());
        }
    }

    @Override
    public List<DeadLetter> next(String after, int most) {
        Place seen = after.isEmpty() ? new Place(-1, -1) : Place.parse(after);
        int page = Math.min(most, PAGE_MAX);
        List<DeadLetter> letters = new ArrayList<>();
        try {
            for (TopicPartition partition : span.partitions()) {
                if (partition.partition() >= seen.partition() && letters.size() < page) {
                    boolean begun = partition.partition() == seen.partition();
                    long from = begun ? seen.offset() + 1 : span.first(partition);
                    span.read(
                            partition,
                            from,
                            record -> {
                                if (note(record).isEmpty()
                                        && !isMarked(partition, record.offset())) {
                                    letters.add(letter(record));
                                }
                                return letters.size() < page;
                            });
                }
            }
            return letters;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(
                Place.key(record),
                text(record, KafkaRecords.TENANT),
                text(record, KafkaRecords.EVENT_ID),
                text(record, KafkaRecords.EVENT_TYPE),
                1,
                Instant.ofEpochMilli(record.timestamp()),
                text(record, KafkaRecords.ERROR),
                text(record, KafkaRecords.REASON),
                record.value() == null ? "" : DeadLetter.text(record.value()));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }

    @Override
    public void replayed(DeadLetter letter) {
        Place place = Place.parse(letter.key());
        TopicPartition partition =
                new TopicPartition(span.partitions().getFirst().topic(), place.partition());
        try {
            notes.send(note(partition, place.offset())).get(answerMillis, TimeUnit.MILLISECONDS);
            mark(partition, place.offset());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new DeadLettersUnavailable(
                    "the dead letter of event %s is in the topic now, but could not be marked: %s"
                            .formatted(letter.eventId(), cause),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadLettersUnavailable(
                    "interrupted before the dead letter of event %s was marked"
                            .formatted(letter.eventId()),
                    e);
        }
    }

    private ProducerRecord<byte[], byte[]> note(TopicPartition partition, long offset) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(KafkaRecords.REPLAYED, ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
        return new ProducerRecord<>(
                partition.topic(),
                partition.partition(),
                clock.millis(),
                ("replayed/" + offset).getBytes(StandardCharsets.UTF_8),
                "{\"replayed_partition\":%d,\"replayed_offset\":%d}"
                        .formatted(partition.partition(), offset)
                        .getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private static DeadLettersUnavailable unavailable(IOException cause) {
        return new DeadLettersUnavailable(String.valueOf(cause.getMessage()), cause);
    }

    @Override
    public void close() {
        notes.close(java.time.Duration.ofSeconds(5));
        span.close();
    }
}
