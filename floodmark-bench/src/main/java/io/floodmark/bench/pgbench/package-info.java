/// `bench/pgbench-ratio`: the load engine and PostgreSQL's own pgbench, with the same statements on
/// the same server in turns.
@NullMarked
package io.floodmark.bench.pgbench;

import org.jspecify.annotations.NullMarked;
