/// The two stores that benchmarks compare, the event store and the single-statement append with its
/// own table and indexes, filled with the same events, and the callers that work on them.
@NullMarked
package io.floodmark.bench.stores;

import org.jspecify.annotations.NullMarked;
