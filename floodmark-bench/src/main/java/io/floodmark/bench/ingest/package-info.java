/// `bench/ingest-http` and `bench/ingest-postgres`: how many events a second the ingestion server
/// takes and checks when no sink holds it up, and how many the sink in PostgreSQL stores.
@NullMarked
package io.floodmark.bench.ingest;

import org.jspecify.annotations.NullMarked;
