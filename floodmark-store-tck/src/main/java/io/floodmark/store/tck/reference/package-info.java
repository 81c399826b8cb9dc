/// A well-known but wrong way to append under a condition, kept as a negative control: a checker
/// that does not fail it proves nothing, and a benchmark without it compares with nothing.
@NullMarked
package io.floodmark.store.tck.reference;

import org.jspecify.annotations.NullMarked;
