/// What all benchmarks share: options, rounds with median and spread, targets, and the JSON line
/// that each result ends in.
@NullMarked
package io.floodmark.bench.harness;

import org.jspecify.annotations.NullMarked;
