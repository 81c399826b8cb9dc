/// Tests of the sink in PostgreSQL, against a real server that is also killed and frozen.
@NullMarked
package io.floodmark.ingest.postgres;

import org.jspecify.annotations.NullMarked;
