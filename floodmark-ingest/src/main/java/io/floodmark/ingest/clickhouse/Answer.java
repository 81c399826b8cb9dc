package io.floodmark.ingest.clickhouse;

import java.util.Set;

/// What came back from ClickHouse.
sealed interface Answer {

    /// It did what was asked.
    ///
    /// @param text the answer's body
    record Done(String text) implements Answer {}

    /// It said no.
    ///
    /// @param code ClickHouse's error code, 0 when there was none
    /// @param sentence its first line
    record Refused(int code, String sentence) implements Answer {
        /// What a row itself can be blamed for: parse and conversion errors, values out of range,
        /// constraints, and what functions of views throw on it.
        private static final Set<Integer> ROW =
                Set.of(
                        6, 25, 26, 27, 38, 41, 53, 69, 70, 72, 117, 130, 131, 153, 190, 321, 349,
                        376, 395, 407, 441, 467, 469, 675, 676);

        /// What it says before it begins to insert: unknown table or database, not allowed, too
        /// many queries, wrong password, read only.
        private static final Set<Integer> BEFORE = Set.of(60, 81, 164, 192, 202, 497, 516);

        private static final Set<Integer> NO_TABLE = Set.of(60, 81);

        /// Whether another row in its place would have been taken.
        boolean blamesTheRow() {
            return ROW.contains(code);
        }

        /// Whether it is certain that nothing was inserted.
        boolean beforeInserting() {
            return BEFORE.contains(code);
        }

        boolean noTable() {
            return NO_TABLE.contains(code);
        }
    }

    /// Nothing was done: no connection, or turned away at the door.
    record Unreached(String sentence) implements Answer {}

    /// Nobody knows whether it was done: the answer did not come, or only half of it.
    record Lost(String sentence) implements Answer {}

    /// As in metrics.
    default String label() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }
}
