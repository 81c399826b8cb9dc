/// What the store's listener is told, and where it is found out: around the calls of the store, and
/// where these meet the server.
///
/// Without a listener nothing of this is in the way: `Calls.none()` runs nothing, and
/// `Footprint.current()` is one object that does nothing. Public for the other packages of this
/// library only.
@NullMarked
package io.floodmark.store.postgres.observe;

import org.jspecify.annotations.NullMarked;
