/// Service-level objectives in k6's grammar, judged against a run's record. Parsing happens before
/// the run, so that a mistyped objective stops the start; the judgement is a pure function of
/// [io.floodmark.load.record.RunResult].
@NullMarked
package io.floodmark.load.threshold;

import org.jspecify.annotations.NullMarked;
