package io.floodmark.cli;

import io.floodmark.ingest.Sink;
import io.floodmark.ingest.audit.AuditRange;
import io.floodmark.ingest.audit.StoredIds;
import io.floodmark.ingest.replay.DeadLetters;

/// A sink as those need it who look after the service: what it holds, and what it refused. Closing
/// ends all that came from it, and what was started for it.
interface IngestStore extends AutoCloseable {

    /// The ids that it holds.
    ///
    /// @param tenant name of the key; empty where there are no keys
    StoredIds storedIds(String tenant, AuditRange range);

    /// The sink, for events that lie with its dead letters.
    Sink sink();

    /// What it refused.
    DeadLetters deadLetters();

    @Override
    void close();
}
