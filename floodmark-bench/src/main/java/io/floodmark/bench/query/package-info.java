/// Queries by tags of the event store and of the single-statement append's table on the same
/// server, in turns: latency by size, and what a tag costs that every event carries.
@NullMarked
package io.floodmark.bench.query;

import org.jspecify.annotations.NullMarked;
