/// One load run from start to judgement: calibrates the generator, prepares the workload, runs the
/// engine, checks the writes, and says how it ended.
@NullMarked
package io.floodmark.load.run;

import org.jspecify.annotations.NullMarked;
