package io.floodmark.store.postgres.tune;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All recommendations for a server, from facts alone. A rule is one entry of one list; text, JSON,
/// configuration files and changes of a server follow by themselves.
public final class TuningRules {

    static final List<Rule> ALL =
            Stream.of(
                            DurabilityRules.ALL,
                            MemoryRules.ALL,
                            WalRules.ALL,
                            VacuumRules.ALL,
                            PlannerRules.ALL,
                            ReplicaRules.ALL)
                    .flatMap(List::stream)
                    .toList();

    private TuningRules() {}

    /// What a server with these facts should have, by topic.
    public static List<Recommendation> recommend(TuningFacts facts) {
        return ALL.stream()
                .filter(rule -> rule.reach().wantedOn(facts.role()))
                .map(rule -> rule.apply(facts))
                .sorted(Comparator.comparing(Recommendation::topic))
                .toList();
    }
}
