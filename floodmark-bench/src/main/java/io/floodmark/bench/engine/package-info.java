/// `bench/engine-ceiling`: how fast the load engine itself is, against a target that does nothing,
/// and what it allocates.
@NullMarked
package io.floodmark.bench.engine;

import org.jspecify.annotations.NullMarked;
