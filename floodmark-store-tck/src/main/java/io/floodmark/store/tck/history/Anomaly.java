package io.floodmark.store.tck.history;

/// What a store did that no correct store does.
public enum Anomaly {
    /// An append was accepted although a matching event lies between its `after` and its own
    /// position.
    DOUBLE_WINNER("a conditional append won although a matching event stood in its way"),

    /// An append was refused with a conflict although nothing matched up to its return.
    FALSE_CONFLICT("a conflict was reported although nothing matched"),

    /// A true conflict named another event than the first that matches.
    WRONG_BLOCKER("a conflict named another event than the first that blocks"),

    /// An acknowledged event is not in the log.
    LOST_EVENT("an acknowledged event is not in the log"),

    /// An event is in the log more than once.
    DUPLICATED_EVENT("an event is in the log more than once"),

    /// The events of an append are in the log although the store said that nothing was written.
    PHANTOM_APPEND("an append is in the log although it was refused"),

    /// Some events of an append are in the log and others are not.
    TORN_APPEND("only a part of an append is in the log"),

    /// The events of one append do not follow each other in the order in which they were given.
    SPLIT_APPEND("the events of an append are not next to each other in order"),

    /// The log holds an event elsewhere than the answer said.
    WRONG_POSITION("an append was acknowledged with positions that its events do not have"),

    /// The log holds an event that no append of the run contained.
    FOREIGN_EVENT("the log holds an event that nobody appended"),

    /// An event in the log differs from the one that was appended.
    CHANGED_EVENT("an event in the log differs from the appended one"),

    /// A position is missing in the log.
    GAP("the log skips a position"),

    /// The log was delivered in another order than that of the positions.
    DISORDER("the log is not in the order of its positions"),

    /// An append that returned before another was invoked has the higher position.
    REAL_TIME_ORDER("a later append got a lower position than an earlier one"),

    /// A strong read did not see an append that had returned before the read was invoked.
    STALE_READ("a strong read missed an append that had returned before"),

    /// A read delivered something else than the matching events of the log up to its end.
    WRONG_READ("a read delivered something else than the log holds"),

    /// An append of the same events again was not answered with their first positions.
    WRONG_REPLAY("an append of the same events again was not answered with their positions"),

    /// The log, read again at the end, differs from what it was when it was first checked.
    CHANGED_HISTORY("the log changed after it was read"),

    /// The store threw something else than its declared failures.
    UNDECLARED_FAILURE("the store threw an undeclared exception");

    private final String meaning;

    Anomaly(String meaning) {
        this.meaning = meaning;
    }

    /// One clause that says what happened.
    public String meaning() {
        return meaning;
    }
}
