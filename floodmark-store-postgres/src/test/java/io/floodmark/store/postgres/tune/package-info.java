/// Tests of the recommendations, against a real PostgreSQL 18.
@NullMarked
package io.floodmark.store.postgres.tune;

import org.jspecify.annotations.NullMarked;
