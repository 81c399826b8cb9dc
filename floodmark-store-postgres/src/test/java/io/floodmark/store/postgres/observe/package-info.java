/// Listeners on real stores, and stores without one.
@NullMarked
package io.floodmark.store.postgres.observe;

import org.jspecify.annotations.NullMarked;
