package io.floodmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/// A running service's own numbers against the number of events in its tables since its start.
///
/// The counters are read first and the tables second: what the service counts as stored is
/// committed by then, so that fewer rows mean a loss. More rows mean nothing, as others may store,
/// too; and a loss can hide behind theirs.
///
/// @param service where it answers
/// @param since when it began
/// @param acknowledged events that it acknowledged, at any level
/// @param storedByService events of which it says that it stored them itself, as new ones
/// @param duplicates events that it acknowledged because they were there
/// @param queued events that it acknowledged from memory or disk
/// @param unknown events of which it does not know whether they are stored
/// @param replayed events that came from its journal
/// @param storedSince events in the tables that arrived since then, whoever stored them
record ServiceAudit(
        URI service,
        Instant since,
        long acknowledged,
        long storedByService,
        long duplicates,
        long queued,
        long unknown,
        long replayed,
        long storedSince) {
    private static final JsonMapper JSON = new JsonMapper();

    /// Asks both.
    ///
    /// @throws IOException when one does not answer, or the service stores elsewhere
    static ServiceAudit of(URI service, PostgresIngestStore store) throws IOException {
        ServiceCounters counters = ServiceCounters.of(service);
        if (counters.level().equals(SinkKind.KAFKA.label())
                || counters.level().equals(SinkKind.CLICKHOUSE.label())) {
            throw new IOException(
                    "the service at %s stores in %s, where numbers prove nothing; audit a file of acknowledged ids"
                            .formatted(service, counters.level()));
        }
        return new ServiceAudit(
                service,
                counters.started(),
                counters.acknowledged(),
                counters.outcome("stored"),
                counters.outcome("duplicate"),
                counters.outcome("queued"),
                counters.outcome("unknown"),
                counters.replayed(),
                store.database().storedSince(counters.started()));
    }

    long missing() {
        return Math.max(0, storedByService - storedSince);
    }

    private long more() {
        return Math.max(0, storedSince - storedByService);
    }

    boolean clean() {
        return missing() == 0;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                """
                service           %s, running since %s
                acknowledged      %,d
                  newly stored    %,d
                  duplicates      %,d
                  queued          %,d, of which %,d came back from the journal
                stored since      %,d
                missing           %,d
                more              %,d: from the journal, of unknown outcome (%,d), or of others
                These are numbers, not ids: rows of others can hide a loss. A file of acknowledged ids cannot.\
                """,
                service,
                since,
                acknowledged,
                storedByService,
                duplicates,
                queued,
                replayed,
                storedSince,
                missing(),
                more(),
                unknown);
    }

    String json() {
        ObjectNode all = JSON.createObjectNode();
        all.put("service", service.toString());
        all.put("since", since.toString());
        all.put("acknowledged", acknowledged);
        all.put("stored_by_service", storedByService);
        all.put("duplicates", duplicates);
        all.put("queued", queued);
        all.put("unknown", unknown);
        all.put("replayed_from_journal", replayed);
        all.put("stored_since", storedSince);
        all.put("missing", missing());
        all.put("more", more());
        all.put("clean", clean());
        return all.toString();
    }
}
