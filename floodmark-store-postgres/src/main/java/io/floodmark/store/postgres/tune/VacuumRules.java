package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.tune.Target.AtLeast;
import io.floodmark.store.postgres.tune.Target.Exactly;
import io.floodmark.store.postgres.tune.Target.Within;
import java.util.List;

/// Autovacuum for tables that only grow: nothing dies in them, so inserts must start it.
final class VacuumRules {

    static final List<Rule> ALL =
            List.of(
                    rule("autovacuum")
                            .is(
                                    new Exactly("on"),
                                    "without it nothing is frozen and nothing marked all-visible,"
                                            + " until the server forces it at the worst time"),
                    rule("autovacuum_naptime")
                            .is(
                                    new Within("15s", "1s", "30s"),
                                    "in one minute, the default, a busy store adds a million rows"
                                            + " between two looks"),
                    rule("autovacuum_vacuum_insert_threshold")
                            .is(
                                    new Within("10000", "1000", "100000"),
                                    "the fixed part of the trigger that inserts work on;"
                                            + " autovacuum_vacuum_scale_factor counts dead rows"
                                            + " only"),
                    rule("autovacuum_vacuum_insert_scale_factor")
                            .is(
                                    new Within("0.02", "0", "0.05"),
                                    "the default of 0.2 lets a fifth of a table arrive before its"
                                            + " rows are frozen and index-only scans work on"
                                            + " them"),
                    rule("autovacuum_analyze_scale_factor")
                            .is(
                                    new Within("0.02", "0", "0.05"),
                                    "new tag values enter the statistics before plans suffer;"
                                            + " segments have a fixed number instead, as a share"
                                            + " grows with the table"),
                    rule("autovacuum_vacuum_cost_limit")
                            .is(
                                    new AtLeast("1000"),
                                    "200 lets vacuum dirty about 40 MB/s, less than a busy store"
                                            + " writes"),
                    rule("log_autovacuum_min_duration")
                            .is(
                                    new Within("1s", "0", "10s"),
                                    "the log tells which vacuum ran when latency rose"));

    private VacuumRules() {}

    private static Rule.Draft rule(String setting) {
        return Rule.on(Topic.VACUUM, setting).where(Reach.WRITERS);
    }
}
