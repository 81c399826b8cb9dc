/// The generator's testimony about itself: stalls of its process, its CPU, and the judgement
/// whether the result measures the target or the generator.
@NullMarked
package io.floodmark.load.certificate;

import org.jspecify.annotations.NullMarked;
