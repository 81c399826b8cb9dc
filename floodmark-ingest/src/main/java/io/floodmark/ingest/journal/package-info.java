/// The journal on disk: segments of records with checksums, flushed in groups, replayed into the
/// sink from the oldest on. It takes events while the sink is away, or all of them where `disk` is
/// the acknowledgement that was chosen. Damaged parts are put aside and never guessed at.
@NullMarked
package io.floodmark.ingest.journal;

import org.jspecify.annotations.NullMarked;
