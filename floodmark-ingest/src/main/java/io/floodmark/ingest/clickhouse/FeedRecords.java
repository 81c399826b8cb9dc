package io.floodmark.ingest.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.WireEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Reads records of Kafka as events: the value is the event's JSON, its tenant lies in a header,
/// and the record's time is that of arrival. *Threads:* for all.
final class FeedRecords {
    private static final String TENANT = "tenant";
    private static final String OCCURRED_AT = "occurred_at";
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS = 1_000_000;

    private final JsonFactory json =
            JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    /// What a record holds.
    sealed interface Read {
        /// An event.
        record Event(EventRow row) implements Read {}

        /// Nothing that could become a row.
        record Poison(DeadLetter letter) implements Read {}
    }

    Read read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        long received = record.timestamp() * MICROS_PER_MILLI;
        String tenant = tenant(record);
        var origin = new Origin.Log(record.topic(), record.partition(), record.offset());
        try {
            WireEvent event = event(record, value, key(record, tenant));
            return new Read.Event(new EventRow(new Delivery(tenant, event), received, origin));
        } catch (IOException | DateTimeException e) {
            return new Read.Poison(
                    new DeadLetter(
                            received,
                            tenant,
                            "",
                            "",
                            0,
                            "no event: " + e.getMessage(),
                            ByteBuffer.wrap(value),
                            origin));
        }
    }

    private static String tenant(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(TENANT);
        return header == null ? "" : utf8(header.value());
    }

    /// The key that the event had; empty when its id stood in for one.
    private static String key(ConsumerRecord<byte[], byte[]> record, String tenant) {
        String key = utf8(record.key());
        String prefix = tenant + "/";
        return !tenant.isEmpty() && key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    }

    private static String utf8(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private WireEvent event(ConsumerRecord<byte[], byte[]> record, byte[] value, String key)
            throws IOException {
        String id = "";
        String type = "";
        String time = "";
        try (JsonParser parser = json.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the value is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "event_id" -> id = parser.getText();
                    case "event_type" -> type = parser.getText();
                    case "timestamp" -> time = parser.getText();
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
        }
        if (id.isEmpty() || type.isEmpty() || time.isEmpty()) {
            throw new IOException("event_id, event_type or timestamp is missing");
        }
        String own = key.equals(id) || key.isEmpty() ? null : key;
        return new WireEvent(
                new WireEvent.Names(id, type, own), micros(record, time), value, 0, value.length);
    }

    /// As the service read it, where it wrote the record.
    private static long micros(ConsumerRecord<byte[], byte[]> record, String time) {
        Header header = record.headers().lastHeader(OCCURRED_AT);
        if (header != null && header.value() != null && header.value().length == Long.BYTES) {
            return ByteBuffer.wrap(header.value()).getLong();
        }
        return micros(time);
    }

    private static long micros(String time) {
        Instant instant = OffsetDateTime.parse(time).toInstant();
        return instant.getEpochSecond() * MICROS + instant.getNano() / MICROS_PER_MILLI;
    }
}
