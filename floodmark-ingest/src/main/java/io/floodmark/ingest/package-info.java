/// Ingestion of events: what an event is on its way, the limits it must keep, what became of it,
/// and what a sink is.
///
/// `wire` turns bytes of requests into events, `flow` carries them in batches to a sink and the
/// outcomes back, `postgres`, `kafka` and `clickhouse` are sinks, `journal` bridges their outages,
/// and `http` is the face of it all.
@NullMarked
package io.floodmark.ingest;

import org.jspecify.annotations.NullMarked;
