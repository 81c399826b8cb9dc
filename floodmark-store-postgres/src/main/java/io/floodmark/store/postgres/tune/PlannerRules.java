package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.tune.Target.Exactly;
import io.floodmark.store.postgres.tune.Target.Within;
import java.util.List;

/// The planner left free to choose, and the timers that show what it cost.
final class PlannerRules {

    static final List<Rule> ALL =
            List.of(
                    Rule.on(Topic.PLANNER, "random_page_cost")
                            .is(
                                    new Within("1.1", "1", "2"),
                                    "on flash and in memory a random read costs little more than"
                                            + " the next one; 4 is for turning disks"),
                    Rule.on(Topic.PLANNER, "jit")
                            .is(
                                    new Exactly("off"),
                                    "the store's statements end before their compilation pays"),
                    free("enable_seqscan"),
                    free("enable_indexscan"),
                    free("enable_indexonlyscan"),
                    free("enable_bitmapscan"),
                    Rule.on(Topic.OBSERVATION, "track_io_timing")
                            .is(new Exactly("on"), "reads that wait for the disk become visible"),
                    Rule.on(Topic.OBSERVATION, "track_wal_io_timing")
                            .where(Reach.WRITERS)
                            .is(
                                    new Exactly("on"),
                                    "pg_stat_statements leaves the commit out; this is where its"
                                            + " time appears"),
                    Rule.on(Topic.OBSERVATION, "log_checkpoints")
                            .is(
                                    new Exactly("on"),
                                    "tells whether a checkpoint came by time or by volume"),
                    Rule.on(Topic.OBSERVATION, "log_lock_waits")
                            .is(new Exactly("on"), "names who waited for whom, and how long"));

    private PlannerRules() {}

    private static Rule free(String setting) {
        return Rule.on(Topic.PLANNER, setting)
                .is(
                        new Exactly("on"),
                        "a plan forbidden for one statement is forbidden for all of them");
    }
}
