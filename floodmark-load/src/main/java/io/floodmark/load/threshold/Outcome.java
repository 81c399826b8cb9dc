package io.floodmark.load.threshold;

import io.floodmark.load.record.Account;
import java.util.List;

/// The entries of the account that a threshold can name.
enum Outcome {
    FAILED("failed"),
    CONFLICTED("conflicted"),
    TIMED_OUT("timed_out"),
    REJECTED("rejected"),
    SKIPPED("skipped"),
    DONE("done");

    static final List<Outcome> ALL = List.of(values());

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    long in(Account account) {
        return switch (this) {
            case FAILED -> account.failed();
            case CONFLICTED -> account.conflicted();
            case TIMED_OUT -> account.timedOut();
            case REJECTED -> account.rejected();
            case SKIPPED -> account.skipped();
            case DONE -> account.done();
        };
    }
}
