/// Judging a run.
@NullMarked
package io.floodmark.load.run;

import org.jspecify.annotations.NullMarked;
