/// Event stores for the `events` workload: one on the PostgreSQL server under load, in a schema of
/// its own that the run creates and drops.
@NullMarked
package io.floodmark.load.eventstore;

import org.jspecify.annotations.NullMarked;
