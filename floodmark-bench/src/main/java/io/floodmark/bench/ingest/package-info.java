/// `bench/ingest-http`: how many events a second the ingestion server takes and checks when no sink
/// holds it up, with its generator on the same machine. `bench/ingest-kafka`: how many the pipeline
/// gets acknowledged by Kafka, against Kafka's own producer benchmark.
@NullMarked
package io.floodmark.bench.ingest;

import org.jspecify.annotations.NullMarked;
