package io.floodmark.ingest.clickhouse;

/// Where a row came from.
sealed interface Origin {

    /// From a request to this service.
    record Request() implements Origin {}

    /// From Kafka.
    record Log(String topic, int partition, long offset) implements Origin {}
}
