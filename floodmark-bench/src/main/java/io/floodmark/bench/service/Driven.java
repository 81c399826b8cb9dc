package io.floodmark.bench.service;

import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.record.Account;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/// What a drive came to.
///
/// @param result of the load engine, whose operations are requests
/// @param counts of the workload, by name
record Driven(EngineResult result, SortedMap<String, Long> counts) {
    /// Arrivals of the very end that no worker took any more: so many of all, or so many.
    private static final double NEVER_STARTED_MAX = 0.02;

    private static final int NEVER_STARTED_LEAST = 10;

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
                && account.inQueue()
                        <= Math.max(NEVER_STARTED_LEAST, NEVER_STARTED_MAX * account.due());
    }

    /// What is wrong with drives, if something is: a request that was not answered with success, or
    /// an event that is not stored as it was said.
    ///
    /// @param stored events that are there, by their own count
    static Optional<String> complaint(List<Driven> drives, OptionalLong stored) {
        for (Driven driven : drives) {
            if (!driven.clean()) {
                return Optional.of(
                        "not all requests were done, or the books did not close: %s %s"
                                .formatted(driven.result().account(), driven.result().failures()));
            }
        }
        long unaccounted = unaccounted(drives, stored);
        return unaccounted == 0
                ? Optional.empty()
                : Optional.of("%,d events are not accounted for".formatted(unaccounted));
    }

    /// How many events are stored beyond, or missing from, what was said and what nobody knows;
    /// none where nobody counts.
    ///
    /// @param stored events that are there, by their own count
    static long unaccounted(List<Driven> drives, OptionalLong stored) {
        if (stored.isEmpty()) {
            return 0;
        }
        long least = drives.stream().mapToLong(Driven::acknowledged).sum();
        long unknown = drives.stream().mapToLong(one -> one.count("events_unknown")).sum();
        return Math.max(0, least - stored.getAsLong())
                + Math.max(0, stored.getAsLong() - least - unknown);
    }
}
