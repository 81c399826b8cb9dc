/// Connections to PostgreSQL with deadlines, and what their failures mean for the caller.
///
/// Public for the other packages of this library only.
@NullMarked
package io.floodmark.store.postgres.session;

import org.jspecify.annotations.NullMarked;
