/// The checker's teeth: stores that are wrong in one way each, and real PostgreSQL.
@NullMarked
package io.floodmark.store.tck.history;

import org.jspecify.annotations.NullMarked;
