package io.floodmark.load.ingest;

import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.record.WriteCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Reads what the service stored since the run began, and compares it with the notes: every
/// acknowledged event must be there, once, and none that was refused.
///
/// *Threads.* Confined to one, after the run.
final class StoredCheck {

    private static final int FETCH_ROWS = 10_000;

    private final Errand errand;
    private final String schema;
    private final EventNames names;
    private final EventLedger ledger;
    private long found;
    private long duplicated;
    private long unknownFound;
    private long refusedFound;

    /// @param schema of the service's tables, a plain identifier
    StoredCheck(Errand errand, String schema, EventNames names, EventLedger ledger) {
        this.errand = errand;
        this.schema = schema;
        this.names = names;
        this.ledger = ledger;
    }

    /// Looks at the events that arrived since `from`.
    WriteCheck check(Instant from) {
        ledger.freeze();
        try {
            errand.run(connection -> look(connection, from));
        } catch (ConnectionFailure e) {
            return WriteCheck.notMade("the events could not be checked: " + e.sentence());
        }
        long acknowledged = ledger.acknowledged();
        return new WriteCheck(
                acknowledged,
                found,
                acknowledged - found,
                duplicated,
                ledger.count(EventLedger.Note.UNKNOWN),
                unknownFound,
                violations(),
                "");
    }

    /// In a transaction, so that rows come in portions.
    private long look(Connection connection, Instant from) throws SQLException {
        String sql =
                """
                SELECT event_id FROM "%s".ingest_events WHERE received_at >= ?
                """
                        .formatted(schema);
        connection.setAutoCommit(false);
        long rows = 0;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH_ROWS);
            select.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
            try (ResultSet events = select.executeQuery()) {
                while (events.next()) {
                    names.find(events.getString(1)).ifPresent(this::count);
                    rows++;
                }
            }
        }
        return rows;
    }

    private void count(EventNames.Numbered event) {
        if (ledger.seen(event.lane(), event.number())) {
            duplicated++;
            return;
        }
        switch (ledger.note(event.lane(), event.number())) {
            case ACKNOWLEDGED, DUPLICATE -> found++;
            case UNKNOWN -> unknownFound++;
            case REJECTED, NOT_TAKEN -> refusedFound++;
            case NONE -> {}
        }
    }

    private List<String> violations() {
        List<String> violations = new ArrayList<>();
        if (refusedFound > 0) {
            violations.add(
                    "%,d events are stored although the service said that it did not take them"
                            .formatted(refusedFound));
        }
        return violations;
    }
}
