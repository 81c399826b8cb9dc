/// Saved states of projections, whose position never goes back.
///
/// Public for the other packages of this library only.
@NullMarked
package io.floodmark.store.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
