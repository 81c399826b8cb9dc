/// Many tailers of one log, followed while sessions and the server are killed.
@NullMarked
package io.floodmark.store.postgres.subscription;

import org.jspecify.annotations.NullMarked;
