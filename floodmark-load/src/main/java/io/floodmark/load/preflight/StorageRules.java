package io.floodmark.load.preflight;

import java.io.IOException;
import java.sql.SQLException;
import java.util.OptionalLong;

/// Whether the server's disk, its replication slots and its transaction ids bear the run.
final class StorageRules {

    static final String DISK = "disk";
    static final String SLOTS = "replication slots";
    static final String AGE = "transaction age";

    /// Bytes on disk for each byte of payload: the rows, their indexes, and the log of both.
    static final int BYTES_PER_PLANNED_BYTE = 3;

    /// What must stay free on the server's disk: without it the server stops.
    static final long DISK_RESERVE_BYTES = 1L << 30;

    private static final long RETAINED_BYTES_MAX = 1L << 30;
    private static final long AGE_MAX = 1_000_000_000;

    private static final String READ_SLOTS =
            """
            SELECT count(*)::int, count(*) FILTER (WHERE NOT s.active)::int,
                   coalesce(max(pg_wal_lsn_diff(
                       CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                            ELSE pg_current_wal_lsn() END, s.restart_lsn)), 0)::bigint,
                   (SELECT setting::bigint FROM pg_settings
                     WHERE name = 'max_slot_wal_keep_size')
              FROM pg_replication_slots s
            """;

    private static final String READ_AGE =
            """
            SELECT d.datname, greatest(age(d.datfrozenxid), mxid_age(d.datminmxid))::bigint
              FROM pg_database d
             ORDER BY 2 DESC
             LIMIT 1
            """;

    /// Replication slots; `keepMegabytes` is negative when nothing bounds what they retain.
    record Slots(int count, int inactive, long retainedBytes, long keepMegabytes) {}

    private StorageRules() {}

    static Check disk(Inspection inspection) throws SQLException {
        return switch (DataDirectory.locate(inspection.connection())) {
            case DataDirectory.Hidden(String reason) -> unseen(reason);
            case DataDirectory.Visible visible -> disk(visible, inspection.plan());
        };
    }

    private static Check unseen(String reason) {
        return Check.unknown(
                DISK,
                "free space is not known: " + reason,
                "make sure that there is room for rows, indexes and WAL");
    }

    private static Check disk(DataDirectory.Visible directory, PreflightPlan plan) {
        try {
            return disk(directory.freeBytes(), plan.expectedWriteBytes());
        } catch (IOException e) {
            return unseen("the file system of " + directory.path() + " does not tell");
        }
    }

    static Check disk(long freeBytes, OptionalLong plannedBytes) {
        long planned = plannedBytes.orElse(0);
        long needed =
                planned > Long.MAX_VALUE / BYTES_PER_PLANNED_BYTE
                        ? Long.MAX_VALUE
                        : planned * BYTES_PER_PLANNED_BYTE;
        String need =
                plannedBytes.isEmpty()
                        ? "volume not planned"
                        : "%s planned × %d (rows, indexes, WAL) = %s"
                                .formatted(
                                        Numbers.bytes(planned),
                                        BYTES_PER_PLANNED_BYTE,
                                        Numbers.bytes(needed));
        String sentence =
                "%s; %s free in the data directory, at least %s must stay free"
                        .formatted(
                                need, Numbers.bytes(freeBytes), Numbers.bytes(DISK_RESERVE_BYTES));
        return freeBytes - DISK_RESERVE_BYTES >= needed
                ? Check.pass(DISK, sentence)
                : Check.refuse(
                        DISK,
                        sentence,
                        "free space on the server, or plan a smaller or shorter run");
    }

    static Check replicationSlots(Inspection inspection) throws SQLException {
        return inspection.one(
                READ_SLOTS,
                row ->
                        replicationSlots(
                                new Slots(
                                        row.getInt(1),
                                        row.getInt(2),
                                        row.getLong(3),
                                        row.getLong(4))));
    }

    static Check replicationSlots(Slots slots) {
        if (slots.count() == 0) {
            return Check.pass(SLOTS, "no replication slots");
        }
        boolean unbounded = slots.keepMegabytes() < 0;
        String sentence =
                "%d replication slots, %d of them inactive, retain up to %s of WAL; max_slot_wal_keep_size is %s"
                        .formatted(
                                slots.count(),
                                slots.inactive(),
                                Numbers.bytes(Math.max(0, slots.retainedBytes())),
                                unbounded
                                        ? "-1 (no bound)"
                                        : Numbers.bytes(slots.keepMegabytes() << 20));
        boolean harmless =
                slots.retainedBytes() <= RETAINED_BYTES_MAX && !(unbounded && slots.inactive() > 0);
        return harmless
                ? Check.pass(SLOTS, sentence)
                : Check.warn(
                        SLOTS,
                        sentence,
                        "drop slots that nobody reads or set max_slot_wal_keep_size: what the run writes stays on disk until they are read");
    }

    static Check transactionAge(Inspection inspection) throws SQLException {
        return inspection.one(READ_AGE, row -> transactionAge(row.getString(1), row.getLong(2)));
    }

    static Check transactionAge(String database, long age) {
        String sentence =
                "oldest transaction id: %,d transactions old, in database '%s'; the server stops writing near 2,100,000,000"
                        .formatted(age, database);
        return age <= AGE_MAX
                ? Check.pass(AGE, sentence)
                : Check.warn(AGE, sentence, "let VACUUM FREEZE finish there before loading it");
    }
}
