package io.floodmark.bench.contest;

import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import io.floodmark.store.tck.history.Anomaly;
import io.floodmark.store.tck.history.HistoryReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Results of an ended campaign.
///
/// @param niceness of the campaign's processes; above 0 the rate is not that of the machine
record ContestResults(Campaign.Ended ended, int niceness) {

    /// Double winners, and everything else that was wrong.
    ///
    /// The measurement is invalid if nobody was killed, or somebody died whom nobody killed.
    List<Result> all() {
        return List.of(doubleWinners(), otherAnomalies());
    }

    private Result doubleWinners() {
        HistoryReport.Totals totals = ended.report().totals();
        Tally tally = ended.tally();
        SortedMap<String, Double> details = new TreeMap<>();
        details.put("contested", (double) Campaign.contested(ended.report()));
        details.put("attempts", (double) totals.attempts());
        details.put("accepted", (double) totals.accepted());
        details.put("conflicts", (double) totals.conflicts());
        details.put("refused", (double) totals.refused());
        details.put("unknown", (double) totals.unknown());
        details.put("events", (double) totals.events());
        details.put("replays", (double) totals.replays());
        details.put("reads", (double) totals.reads());
        details.put("kills", (double) tally.kills());
        for (Moment moment : Moment.values()) {
            details.put(
                    "kills_" + moment.name().toLowerCase(Locale.ROOT),
                    (double) tally.kills(moment));
        }
        details.put("sessions_terminated", (double) tally.backends());
        details.put("unwanted_ends", (double) tally.unwantedEnds());
        details.put("seconds", ended.seconds());
        details.put("attempts_per_second", totals.attempts() / ended.seconds());
        details.put("niceness", (double) niceness);
        return new Result(
                "contest.double-winners",
                "double winners",
                new Rounds(List.of((double) ended.report().count(Anomaly.DOUBLE_WINNER))),
                Optional.empty(),
                Target.valueAtMost(0),
                valid(),
                details);
    }

    private Result otherAnomalies() {
        Map<Anomaly, Long> others = ended.report().countsWithout(Set.of(Anomaly.DOUBLE_WINNER));
        SortedMap<String, Double> details = new TreeMap<>();
        others.forEach((anomaly, count) ->
                details.put(anomaly.name().toLowerCase(Locale.ROOT), (double) count));
        double all = others.values().stream().mapToLong(Long::longValue).sum();
        return new Result(
                "contest.other-anomalies",
                "anomalies",
                new Rounds(List.of(all)),
                Optional.empty(),
                Target.valueAtMost(0),
                valid(),
                details);
    }

    private boolean valid() {
        return Campaign.contested(ended.report()) > 0
                && ended.tally().kills() > 0
                && ended.tally().unwantedEnds() == 0;
    }
}
