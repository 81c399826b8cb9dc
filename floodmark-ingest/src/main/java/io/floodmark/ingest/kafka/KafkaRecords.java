package io.floodmark.ingest.kafka;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.WireEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Events as records of Kafka. The value is the event's JSON, byte for byte; what a consumer may
/// want without reading it lies in headers.
final class KafkaRecords {
    static final String TENANT = "tenant";
    static final String EVENT_ID = "event_id";
    static final String EVENT_TYPE = "event_type";
    static final String OCCURRED_AT = "occurred_at";
    static final String ERROR = "error";
    static final String REASON = "reason";

    /// Marks a record among the dead letters that is none, and says which one was replayed.
    static final String REPLAYED = "replayed";

    private KafkaRecords() {}

    /// A record for the topic.
    ///
    /// @param nowMillis when it is written, which becomes its timestamp
    static ProducerRecord<byte[], byte[]> event(String topic, Delivery delivery, long nowMillis) {
        WireEvent event = delivery.event();
        RecordHeaders headers = new RecordHeaders();
        if (!delivery.tenant().isEmpty()) {
            headers.add(TENANT, utf8(delivery.tenant()));
        }
        headers.add(EVENT_ID, utf8(event.id()));
        headers.add(EVENT_TYPE, utf8(event.type()));
        headers.add(
                OCCURRED_AT,
                ByteBuffer.allocate(Long.BYTES).putLong(event.occurredMicros()).array());
        return new ProducerRecord<>(topic, null, nowMillis, key(delivery), event.json(), headers);
    }

    /// A record for the dead letters: the same, and why.
    static ProducerRecord<byte[], byte[]> deadLetter(
            String topic, Delivery delivery, long nowMillis, Exception why) {
        ProducerRecord<byte[], byte[]> letter = event(topic, delivery, nowMillis);
        letter.headers().add(ERROR, utf8(why.getClass().getSimpleName()));
        letter.headers().add(REASON, utf8(String.valueOf(why.getMessage())));
        return letter;
    }

    private static byte[] key(Delivery delivery) {
        String key = delivery.event().key().orElseGet(delivery.event()::id);
        return utf8(delivery.tenant().isEmpty() ? key : delivery.tenant() + "/" + key);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
