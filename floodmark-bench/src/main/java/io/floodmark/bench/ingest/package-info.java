/// What ingestion takes: `bench/ingest-http`, how many events a second the server takes and checks
/// when no sink holds it up; `bench/ingest-postgres` and `bench/ingest-kafka`, how many the sinks
/// store, against raw COPY and Kafka's own producer benchmark.
@NullMarked
package io.floodmark.bench.ingest;

import org.jspecify.annotations.NullMarked;
