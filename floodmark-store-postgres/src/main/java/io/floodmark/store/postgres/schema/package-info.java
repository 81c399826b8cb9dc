/// Names, settings and tables of a PostgreSQL event store.
///
/// The layout is versioned and migrated by Flyway. Tables of events are split by position into
/// segments, which are made ahead of need: only the newest takes inserts in random order.
@NullMarked
package io.floodmark.store.postgres.schema;

import org.jspecify.annotations.NullMarked;
