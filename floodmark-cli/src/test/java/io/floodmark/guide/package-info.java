/// The guides of the documentation as programs: what they show is compiled and run.
@NullMarked
package io.floodmark.guide;

import org.jspecify.annotations.NullMarked;
