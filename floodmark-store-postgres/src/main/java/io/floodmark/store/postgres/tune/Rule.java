package io.floodmark.store.postgres.tune;

import java.util.function.Function;

/// One rule: which setting, for whom, how its value follows from the facts, and why.
///
/// @param topic what it is about
/// @param setting name of the server setting
/// @param reach on which servers it does something
/// @param activation what a change needs
/// @param target the value for given facts
/// @param why one sentence
record Rule(
        Topic topic,
        String setting,
        Reach reach,
        Activation activation,
        Function<TuningFacts, Target> target,
        String why) {

    /// Begins a rule whose change needs a reload and which holds everywhere.
    static Draft on(Topic topic, String setting) {
        return new Draft(topic, setting, Reach.EVERYWHERE, Activation.RELOAD);
    }

    Recommendation apply(TuningFacts facts) {
        return new Recommendation(
                setting, target.apply(facts), why, topic, activation, reach.activeOn(facts.role()));
    }

    /// A rule without its value.
    record Draft(Topic topic, String setting, Reach reach, Activation activation) {

        Draft afterRestart() {
            return new Draft(topic, setting, reach, Activation.RESTART);
        }

        Draft where(Reach there) {
            return new Draft(topic, setting, there, activation);
        }

        Rule is(Target fixed, String why) {
            return follows(_ -> fixed, why);
        }

        Rule follows(Function<TuningFacts, Target> target, String why) {
            return new Rule(topic, setting, reach, activation, target, why);
        }
    }
}
