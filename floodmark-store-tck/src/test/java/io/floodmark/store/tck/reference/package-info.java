/// The negative control on real PostgreSQL.
@NullMarked
package io.floodmark.store.tck.reference;

import org.jspecify.annotations.NullMarked;
