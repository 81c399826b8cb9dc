package io.floodmark.store.postgres.tune;

import java.util.List;

/// Recommendations beside what a server has: what is fine, what differs, what somebody did in vain.
///
/// @param facts what the recommendations follow from
/// @param settings one line for each recommendation
/// @param tables one line for each rule about tables, if the server has any of their kind
/// @param doubts advice that does nothing or harms
public record Advice(
        TuningFacts facts,
        List<SettingLine> settings,
        List<TableLine> tables,
        List<DoubtLine> doubts) {

    /// Copies the lists.
    public Advice {
        settings = List.copyOf(settings);
        tables = List.copyOf(tables);
        doubts = List.copyOf(doubts);
    }

    /// How a server stands to a recommendation.
    public sealed interface Standing {

        /// No server was asked.
        record Unknown() implements Standing {}

        /// This version has no such setting.
        record Missing() implements Standing {}

        /// Good as it is.
        record Fine(String shown) implements Standing {}

        /// It differs.
        record Differs(String shown) implements Standing {}

        /// It differs, and a new value in the files waits for a restart.
        record Waits(String shown) implements Standing {}
    }

    /// A recommendation and how the server stands to it.
    public record SettingLine(Recommendation recommendation, Standing standing) {}

    /// A rule about tables, and the tables that do not keep it.
    ///
    /// @param tables number of tables of the kind
    /// @param differing those that do not keep the rule
    public record TableLine(TableRule rule, int tables, List<String> differing) {

        /// Copies the list.
        public TableLine {
            differing = List.copyOf(differing);
        }
    }

    /// A doubtful advice and what of it was seen on the server, empty when nothing was.
    public record DoubtLine(Doubtful doubtful, List<String> seen) {

        /// Copies the list.
        public DoubtLine {
            seen = List.copyOf(seen);
        }
    }
}
