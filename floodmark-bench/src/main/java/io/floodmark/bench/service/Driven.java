package io.floodmark.bench.service;

import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.record.Account;
import java.util.OptionalLong;
import java.util.SortedMap;

/// What a drive came to.
///
/// @param result of the load engine, whose operations are requests
/// @param counts of the workload, by name
record Driven(EngineResult result, SortedMap<String, Long> counts) {
    /// Arrivals of the very end that no worker took any more.
    private static final double NEVER_STARTED_MAX = 0.02;

    /// Events that the service said are stored.
    long acknowledged() {
        return count("events_acknowledged") + count("events_duplicate");
    }

    double acknowledgedPerSecond() {
        return acknowledged() / result.elapsedSeconds();
    }

    /// Answers that ask to come back later.
    long overloaded() {
        return count("answers_503");
    }

    private long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /// Whether the account closed, and every request that was sent was answered with success.
    boolean clean() {
        Account account = result.account();
        return result.booksClosed()
                && account.done() > 0
                && account.failed()
                                + account.conflicted()
                                + account.timedOut()
                                + account.skipped()
                                + account.rejected()
                                + account.inFlight()
                        == 0
                && account.inQueue() <= Math.max(1, NEVER_STARTED_MAX * account.due());
    }

    /// How many events are stored beyond, or missing from, what was said and what nobody knows;
    /// none where nobody counts.
    ///
    /// @param stored events that are there, by their own count
    long unaccounted(OptionalLong stored) {
        if (stored.isEmpty()) {
            return 0;
        }
        long least = acknowledged();
        long most = least + count("events_unknown");
        return Math.max(0, least - stored.getAsLong()) + Math.max(0, stored.getAsLong() - most);
    }
}
