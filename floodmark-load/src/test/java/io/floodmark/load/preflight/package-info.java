/// Proofs for preflight and governor against real servers that other clients fill.
@NullMarked
package io.floodmark.load.preflight;

import org.jspecify.annotations.NullMarked;
