/// Reading: queries as SQL, pages of bounded size, and which server answers.
///
/// A query becomes SQL whose text depends on its shape alone; every value is bound. Whatever the
/// server finds by index is checked with `Query.matches` before it is delivered.
@NullMarked
package io.floodmark.store.postgres.read;

import org.jspecify.annotations.NullMarked;
