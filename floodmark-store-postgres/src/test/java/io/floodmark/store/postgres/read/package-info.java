/// Tests of the SQL of reads.
@NullMarked
package io.floodmark.store.postgres.read;

import org.jspecify.annotations.NullMarked;
