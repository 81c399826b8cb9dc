/// The ingestion service as a whole, in a process of its own: `bench/ingest-latency`, how long
/// requests take at half of what it can do; `bench/ingest-cost`, what an event costs at all rates;
/// `bench/ingest-memory`, whether its memory stays bounded at twice of what it can do.
@NullMarked
package io.floodmark.bench.service;

import org.jspecify.annotations.NullMarked;
