/// The registry of workloads, and what workloads on PostgreSQL share.
@NullMarked
package io.floodmark.load.workload;

import org.jspecify.annotations.NullMarked;
