/// The files of a run folder. Each is written as the run goes and never stops it: a full disk is
/// told and the load goes on.
@NullMarked
package io.floodmark.load.output;

import org.jspecify.annotations.NullMarked;
