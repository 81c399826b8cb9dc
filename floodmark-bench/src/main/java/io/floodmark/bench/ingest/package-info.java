/// `bench/ingest-http`: how many events a second the ingestion server takes and checks when no sink
/// holds it up, with its generator on the same machine.
@NullMarked
package io.floodmark.bench.ingest;

import org.jspecify.annotations.NullMarked;
