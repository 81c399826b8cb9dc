package io.floodmark.store.tck.history;

import java.util.Optional;

/// One way to be wrong, or none, and what a checker must call it.
enum Fault {
    NONE,
    OUTCOMES_STAY_UNKNOWN,
    UNKNOWN_APPENDS_LAND_LATER,
    IGNORES_CONDITION(Anomaly.DOUBLE_WINNER),
    CHECKS_ONLY_THE_LAST_EVENTS(Anomaly.DOUBLE_WINNER),
    REFUSES_WITHOUT_REASON(Anomaly.FALSE_CONFLICT),
    BLAMES_THE_LAST_MATCH(Anomaly.WRONG_BLOCKER),
    LOSES_ACKNOWLEDGED(Anomaly.LOST_EVENT),
    FORGETS_AT_THE_END(Anomaly.CHANGED_HISTORY),
    STORES_TWICE(Anomaly.DUPLICATED_EVENT),
    STORES_OLD_AGAIN(Anomaly.DUPLICATED_EVENT),
    STORES_BUT_REFUSES(Anomaly.PHANTOM_APPEND),
    UNKNOWN_APPENDS_IGNORE_CONDITION(Anomaly.DOUBLE_WINNER),
    UNKNOWN_APPENDS_LAND_TWICE(Anomaly.DUPLICATED_EVENT),
    STORES_A_PART(Anomaly.TORN_APPEND),
    STORES_BACKWARDS(Anomaly.SPLIT_APPEND),
    TELLS_OTHER_POSITIONS(Anomaly.WRONG_POSITION),
    INVENTS(Anomaly.FOREIGN_EVENT),
    CHANGES(Anomaly.CHANGED_EVENT),
    SKIPS_POSITIONS(Anomaly.GAP),
    DELIVERS_OUT_OF_ORDER(Anomaly.DISORDER),
    REORDERS(Anomaly.REAL_TIME_ORDER),
    READS_THE_PAST(Anomaly.STALE_READ),
    OMITS_FROM_READS(Anomaly.WRONG_READ),
    FORGETS_IDS(Anomaly.WRONG_REPLAY),
    BREAKS_DOWN(Anomaly.UNDECLARED_FAILURE);

    private final Optional<Anomaly> anomaly;

    Fault() {
        this.anomaly = Optional.empty();
    }

    Fault(Anomaly anomaly) {
        this.anomaly = Optional.of(anomaly);
    }

    /// What the store does wrong; empty if it is right.
    Optional<Anomaly> anomaly() {
        return anomaly;
    }
}
