/// Compares what was acknowledged with what is stored, by `event_id`, whatever the sink.
///
/// [io.floodmark.ingest.audit.StoredIds] is implemented by each sink;
/// [io.floodmark.ingest.audit.Audit] sorts both sides into parts on disk, so that memory does not
/// grow with the number of events.
@NullMarked
package io.floodmark.ingest.audit;

import org.jspecify.annotations.NullMarked;
