/// Sends dead letters through validation and sink once more, when what made them bad is mended.
///
/// [io.floodmark.ingest.replay.DeadLetters] is where they lie, one for each kind of sink;
/// [io.floodmark.ingest.replay.Replay] does the work.
@NullMarked
package io.floodmark.ingest.replay;

import org.jspecify.annotations.NullMarked;
