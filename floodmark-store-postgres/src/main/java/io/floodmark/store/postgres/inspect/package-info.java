/// Looks at a store's tables from outside: what there is in them, and whether it is whole.
///
/// Reads by SQL and past the engine, so that damage the engine would not see is seen. Everything is
/// streamed; memory does not grow with the log.
@NullMarked
package io.floodmark.store.postgres.inspect;

import org.jspecify.annotations.NullMarked;
