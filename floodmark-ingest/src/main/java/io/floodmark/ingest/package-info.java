/// Ingestion of events: what an event is on its way, the limits it must keep, what became of it,
/// and what a sink is.
///
/// `wire` turns bytes of requests into events, `flow` carries them in batches to a sink and the
/// outcomes back, `postgres` is the sink in PostgreSQL, and `http` is the face of it all.
@NullMarked
package io.floodmark.ingest;

import org.jspecify.annotations.NullMarked;
