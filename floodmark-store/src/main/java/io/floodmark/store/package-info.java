/// The model of an event store with dynamic consistency boundaries: events with tags in one gapless
/// order, queries over types, tags and payloads, and appends that succeed only while a query still
/// finds nothing new. A store is an `EventStore`; expected outcomes are sealed results, and every
/// operating failure is a `StoreException`, split by what the caller can do. The package depends on
/// no database.
@NullMarked
package io.floodmark.store;

import org.jspecify.annotations.NullMarked;
