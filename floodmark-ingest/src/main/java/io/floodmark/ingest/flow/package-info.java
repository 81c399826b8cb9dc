/// The way of events from a request to a sink and of outcomes back: admission by bytes in flight,
/// batches that close themselves, a breaker around the sink, quotas, and the drain at the end.
@NullMarked
package io.floodmark.ingest.flow;

import org.jspecify.annotations.NullMarked;
