/// What an event store does, as Micrometer's observations and meters: metrics and traces for
/// whatever system Micrometer knows.
///
/// The names and keys are listed in `docs/store-observability.md`; `StoreObservation` and
/// `StoreMeter` are the same list in code.
@NullMarked
package io.floodmark.store.micrometer;

import org.jspecify.annotations.NullMarked;
