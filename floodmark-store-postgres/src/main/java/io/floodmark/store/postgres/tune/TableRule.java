package io.floodmark.store.postgres.tune;

import java.util.List;

/// A storage parameter that tables of one kind should have. New tables of the store are made with
/// it; the rules find what was made otherwise or changed since.
///
/// @param kind which tables
/// @param parameter its name
/// @param target what it should be
/// @param why one sentence
public record TableRule(TableKind kind, String parameter, Target target, String why) {

    private static final String BY_NUMBER =
            "a fixed number of new rows starts it, whatever the size of the table";
    private static final String FREEZE =
            "rows never change, so the first vacuum freezes them and none reads them again";

    /// All rules.
    static final List<TableRule> ALL =
            List.of(
                    exactly(
                            TableKind.EVENTS,
                            "autovacuum_vacuum_insert_scale_factor",
                            "0",
                            BY_NUMBER),
                    exactly(
                            TableKind.EVENTS,
                            "autovacuum_vacuum_insert_threshold",
                            "100000",
                            BY_NUMBER),
                    exactly(TableKind.EVENTS, "autovacuum_freeze_min_age", "0", FREEZE),
                    exactly(TableKind.EVENTS, "autovacuum_analyze_scale_factor", "0", BY_NUMBER),
                    exactly(TableKind.EVENTS, "autovacuum_analyze_threshold", "50000", BY_NUMBER),
                    exactly(
                            TableKind.TAGS,
                            "autovacuum_vacuum_insert_scale_factor",
                            "0",
                            BY_NUMBER),
                    exactly(
                            TableKind.TAGS,
                            "autovacuum_vacuum_insert_threshold",
                            "200000",
                            BY_NUMBER),
                    exactly(TableKind.TAGS, "autovacuum_freeze_min_age", "0", FREEZE),
                    exactly(TableKind.TAGS, "autovacuum_analyze_scale_factor", "0", BY_NUMBER),
                    exactly(TableKind.TAGS, "autovacuum_analyze_threshold", "100000", BY_NUMBER),
                    new TableRule(
                            TableKind.HEAD,
                            "fillfactor",
                            new Target.Within("10", "10", "50"),
                            "an update finds room on the row's own page and touches no index"),
                    exactly(
                            TableKind.HEAD,
                            "autovacuum_vacuum_scale_factor",
                            "0",
                            "the table has one row, of which a share says nothing"),
                    new TableRule(
                            TableKind.HEAD,
                            "autovacuum_vacuum_threshold",
                            new Target.Within("5000", "50", "20000"),
                            "dead versions that an old snapshot kept are gone soon after it"));

    private static TableRule exactly(TableKind kind, String parameter, String value, String why) {
        return new TableRule(kind, parameter, new Target.Exactly(value), why);
    }
}
