/// Tests of the tables and their names.
@NullMarked
package io.floodmark.store.postgres.schema;

import org.jspecify.annotations.NullMarked;
