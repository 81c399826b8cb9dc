package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.audit.StoredIds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The ids of a tenant's events in ClickHouse as its readers see them, in `ingest_events_once`;
/// beside them the number of rows that the table holds. *Threads:* for one.
public final class ClickHouseStoredIds implements StoredIds {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final ClickHouseAddress address;
    private final String tenant;
    private final Instant earliest;
    private long once;
    private long rows;

    /// Ids that are not read yet.
    ///
    /// @param tenant name of the key; empty where there are no keys
    /// @param earliest arrival that counts
    public ClickHouseStoredIds(ClickHouseAddress address, String tenant, Instant earliest) {
        this.address = address;
        this.tenant = tenant;
        this.earliest = earliest;
    }

    @Override
    public void read(Taker taker) throws IOException {
        Map<String, String> parameters =
                Map.of(
                        "param_tenant",
                        tenant,
                        "param_from",
                        Long.toString(
                                Duration.between(Instant.EPOCH, earliest).toSeconds() * MICROS));
        ClickHouseRows query = new ClickHouseRows(address);
        once =
                query.read(
                        where(
                                "SELECT event_id, toString(toUnixTimestamp64Micro(received_at)) FROM %s",
                                "ingest_events_once"),
                        parameters,
                        columns -> taker.id(columns.getFirst(), moment(columns.get(1))));
        query.read(
                where("SELECT toString(count()) FROM %s", "ingest_events"),
                parameters,
                columns -> rows = Long.parseLong(columns.getFirst()));
    }

    private String where(String select, String table) {
        return """
        %s
        WHERE tenant = {tenant:String}
        AND received_at >= fromUnixTimestamp64Micro({from:Int64})
        """
                .formatted(select.formatted(address.table(table)));
    }

    private static Instant moment(String micros) {
        long count = Long.parseLong(micros);
        return Instant.ofEpochSecond(
                Math.floorDiv(count, MICROS), Math.floorMod(count, MICROS) * NANOS_PER_MICRO);
    }

    @Override
    public List<String> remarks() {
        return rows <= once
                ? List.of()
                : List.of(
                        ("%,d events after deduplication (ingest_events_once), %,d rows in the table: the"
                                        + " copies go when ClickHouse merges, and are no fault")
                                .formatted(once, rows));
    }
}
