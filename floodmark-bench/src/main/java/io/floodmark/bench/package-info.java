/// Benchmarks of Floodmark itself, one package for each program under `bench/`. They measure
/// against a floor or a peer in the same run, and each proves one budget of the design.
@NullMarked
package io.floodmark.bench;

import org.jspecify.annotations.NullMarked;
