/// Proofs for what workloads share, against a real server.
@NullMarked
package io.floodmark.load.workload;

import org.jspecify.annotations.NullMarked;
