/// The `ingest` workload: events over HTTP to an ingestion service.
///
/// [io.floodmark.load.ingest.IngestWorkload] starts the service or is given one; each worker has a
/// client with one connection; what became of each event is noted, and compared with the database
/// after the run.
@NullMarked
package io.floodmark.load.ingest;

import org.jspecify.annotations.NullMarked;
