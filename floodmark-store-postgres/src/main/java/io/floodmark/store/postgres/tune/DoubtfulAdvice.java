package io.floodmark.store.postgres.tune;

import static io.floodmark.store.postgres.tune.Doubtful.Effect.HARM;
import static io.floodmark.store.postgres.tune.Doubtful.Effect.NOTHING;

import io.floodmark.store.postgres.tune.Doubtful.Index;
import io.floodmark.store.postgres.tune.Doubtful.Sign;
import io.floodmark.store.postgres.tune.Doubtful.Sign.SettingBetween;
import java.util.List;
import java.util.Set;

/// The second list: what event stores are often told to set, and should not.
public final class DoubtfulAdvice {

    private static final Set<Role> BOTH = Set.of(Role.PRIMARY, Role.REPLICA);
    private static final Set<Role> PRIMARY = Set.of(Role.PRIMARY);
    private static final Set<Role> REPLICA = Set.of(Role.REPLICA);
    private static final String MUCH = "1000000000";

    private static final List<Doubtful> PLANS =
            List.of(
                    new Doubtful(
                            "enable_seqscan = off",
                            HARM,
                            BOTH,
                            "It forbids nothing when no other plan exists and distorts the"
                                    + " estimates of every other statement; a right"
                                    + " random_page_cost gives the same index reads.",
                            SettingBetween.word("enable_seqscan", "off")),
                    new Doubtful(
                            "enable_indexscan = off",
                            HARM,
                            BOTH,
                            "It forces bitmap scans, which read every match before the first row:"
                                    + " the last position of a tag with 100,000 matches took"
                                    + " 139 ms instead of 17 ms.",
                            SettingBetween.word("enable_indexscan", "off")));

    private static final List<Doubtful> VACUUM =
            List.of(
                    new Doubtful(
                            "autovacuum_vacuum_scale_factor = 0.8 to vacuum rarely",
                            HARM,
                            PRIMARY,
                            "It counts dead rows, and tables of events have none: an insert-only"
                                    + " table was vacuumed 6 times in 20 s in spite of it (naptime 1s). The"
                                    + " tables that do get updates are cleaned too late.",
                            new SettingBetween("autovacuum_vacuum_scale_factor", "0.5", "100")),
                    new Doubtful(
                            "autovacuum_vacuum_cost_delay = 2ms to vacuum faster",
                            NOTHING,
                            PRIMARY,
                            "2ms has been the default since PostgreSQL 12.",
                            new Sign.None()),
                    new Doubtful(
                            "autovacuum_naptime of minutes",
                            HARM,
                            PRIMARY,
                            "It saves no work, it only delays it: the same rows are frozen and"
                                    + " analysed later and in one piece.",
                            new SettingBetween("autovacuum_naptime", "61s", "30d")),
                    new Doubtful(
                            "autovacuum tuned so that vacuum does not block appends",
                            NOTHING,
                            PRIMARY,
                            "Vacuum takes ShareUpdateExclusiveLock, which no insert waits for;"
                                    + " look at checkpoints and GIN pending lists for stalls.",
                            new Sign.None()),
                    new Doubtful(
                            "any autovacuum_* setting on a replica",
                            NOTHING,
                            REPLICA,
                            "No autovacuum runs during recovery and ANALYZE is refused there;"
                                    + " statistics come from the primary. It waits for a"
                                    + " promotion.",
                            new Sign.None()));

    private static final List<Doubtful> INDEXES =
            List.of(
                    new Doubtful(
                            "GIN indexes with fastupdate = on (the default)",
                            HARM,
                            PRIMARY,
                            "One insert in thousands pays for all and stalls: 0.2 to 2.8 s at"
                                    + " 1,500 inserts/s against 0.06 s at most with fastupdate ="
                                    + " off, and every search reads the pending list.",
                            new Sign.IndexOf(Index.GIN_PENDING_LIST)),
                    new Doubtful(
                            "a GIN index on metadata",
                            HARM,
                            PRIMARY,
                            "No append and no read by tag uses it, and it was the largest index of"
                                    + " all: 1.0 of 1.8 GB at 10 million events.",
                            new Sign.IndexOf(Index.GIN_METADATA)),
                    new Doubtful(
                            "an index on the event type alone",
                            HARM,
                            PRIMARY,
                            "A type matches a large part of the log and the index cannot go on"
                                    + " from a position; (type, position) can.",
                            new Sign.IndexOf(Index.TYPE_ONLY)));

    private static final List<Doubtful> SIZES =
            List.of(
                    new Doubtful(
                            "work_mem of 64MB and more with hundreds of connections",
                            HARM,
                            BOTH,
                            "It counts per sort and session: 200 sessions × 64MB are 12.5 GB, on a"
                                    + " server that has 4; the store's reads sort nothing.",
                            new SettingBetween("work_mem", "64MB", "1TB")),
                    new Doubtful(
                            "more shared_buffers although every read is a hit",
                            NOTHING,
                            BOTH,
                            "At a hit ratio of 99.9 % no read waits for memory; what waits is the"
                                    + " commit, which no buffer shortens.",
                            new Sign.None()),
                    new Doubtful(
                            "pools of 200 or 300 connections",
                            HARM,
                            BOTH,
                            "Little's law: 5,000/s of 2 ms keep 10 busy. Beyond a few per core"
                                    + " more sessions share the same cores and locks.",
                            new SettingBetween("max_connections", "1000", MUCH)),
                    new Doubtful(
                            "fewer idle connections in the pool",
                            NOTHING,
                            BOTH,
                            "At 30 operations/s pools of 2, 20 and 100 did not differ; an idle"
                                    + " session waits in ClientRead and costs memory only.",
                            new Sign.None()),
                    new Doubtful(
                            "commit_delay to make commits share a flush",
                            HARM,
                            PRIMARY,
                            "The store commits whole batches and forms the next one during a"
                                    + " flush; a delay only adds to each acknowledgement.",
                            new SettingBetween("commit_delay", "1", MUCH)),
                    new Doubtful(
                            "recovery.conf on a replica",
                            HARM,
                            REPLICA,
                            "PostgreSQL 12 and newer do not start with it; use"
                                    + " primary_conninfo and standby.signal.",
                            new Sign.None()));

    private DoubtfulAdvice() {}

    /// The list for a server in this role.
    public static List<Doubtful> on(Role role) {
        return java.util.stream.Stream.of(PLANS, VACUUM, INDEXES, SIZES)
                .flatMap(List::stream)
                .filter(doubtful -> doubtful.roles().contains(role))
                .toList();
    }
}
