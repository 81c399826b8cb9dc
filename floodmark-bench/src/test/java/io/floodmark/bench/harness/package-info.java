/// Tests of what all benchmarks share.
@NullMarked
package io.floodmark.bench.harness;

import org.jspecify.annotations.NullMarked;
