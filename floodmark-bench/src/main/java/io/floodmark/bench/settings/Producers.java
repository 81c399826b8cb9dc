package io.floodmark.bench.settings;

import io.floodmark.ingest.kafka.KafkaSettings.Producing;
import java.time.Duration;

/// The producer with one setting other than its default.
final class Producers {
    private static final Producing USUAL = Producing.defaults();

    private Producers() {}

    static Producing byCompression(String value) {
        return new Producing(
                USUAL.linger(), USUAL.batchBytes(), value, USUAL.bufferBytes(), USUAL.delivery());
    }

    static Producing byLinger(String value) {
        return new Producing(
                Duration.ofMillis(Long.parseLong(value)),
                USUAL.batchBytes(),
                USUAL.compression(),
                USUAL.bufferBytes(),
                USUAL.delivery());
    }

    static Producing byBatch(String value) {
        return new Producing(
                USUAL.linger(),
                Integer.parseInt(value) << 10,
                USUAL.compression(),
                USUAL.bufferBytes(),
                USUAL.delivery());
    }
}
