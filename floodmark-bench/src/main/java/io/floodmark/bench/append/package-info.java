/// Conditional appends by the event store and by the single-statement append on the same server, in
/// turns: throughput by callers and size, latency, WAL, and double winners.
@NullMarked
package io.floodmark.bench.append;

import org.jspecify.annotations.NullMarked;
