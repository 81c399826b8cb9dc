package io.floodmark.bench.timer;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.arrival.ArrivalProcess;
import io.floodmark.load.arrival.Pacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An arrival process at a rate.
///
/// @param process `constant` or `poisson`
/// @param perSecond its rate
record Beat(String process, int perSecond) {

    /// All that the budget names.
    static List<Beat> all() {
        List<Beat> all = new ArrayList<>();
        for (String process : List.of("constant", "poisson")) {
            for (int perSecond : new int[] {1_000, 10_000, 50_000}) {
                all.add(new Beat(process, perSecond));
            }
        }
        return all;
    }

    Pacing.Open pacing(Duration length) {
        return (Pacing.Open) ArrivalNotation.parse(process, perSecond, length);
    }

    ArrivalProcess arrivals(Duration length) {
        return pacing(length).process();
    }

    /// As in the name of a result: `poisson-10000`.
    String label() {
        return process + "-" + perSecond;
    }
}
