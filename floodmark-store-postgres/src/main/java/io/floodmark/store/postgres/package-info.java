/// The event store on PostgreSQL: group commit, segments by position, reads on primary and
/// replicas.
@NullMarked
package io.floodmark.store.postgres;

import org.jspecify.annotations.NullMarked;
