/// Miniature runs of the benchmark: their shape and their books, never their speed.
@NullMarked
package io.floodmark.bench.engine;

import org.jspecify.annotations.NullMarked;
