package io.floodmark.console.terminal;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.TimeoutCounts;

/// The closed account of a run as a table, and the sum that proves it.
final class AccountText {

    private AccountText() {}

    static void write(RunResult result, TextPage page) {
        Account account = result.account();
        TimeoutCounts timeouts = result.timeouts();
        page.title(Figures.format("%-16s%14s%12s", "Account", "arrivals", "percent"));
        row(page, account, "due", account.due(), "");
        row(page, account, "done", account.done(), "");
        row(page, account, "failed", account.failed(), "");
        row(page, account, "conflicted", account.conflicted(), "");
        String places =
                Figures.format(
                        "in queue %s, in pool %s, in service %s",
                        Figures.grouped(timeouts.inQueue()),
                        Figures.grouped(timeouts.inPool()),
                        Figures.grouped(timeouts.inService()));
        row(page, account, "timed out", account.timedOut(), places);
        row(page, account, "skipped", account.skipped(), "");
        row(page, account, "rejected", account.rejected(), "");
        row(page, account, "never started", account.inQueue(), "");
        row(page, account, "unfinished", account.inFlight(), "");
        page.item(books(result));
    }

    private static void row(TextPage page, Account account, String name, long count, String note) {
        page.verbatim(
                Figures.format(
                        "  %-14s%14s%12s   %s",
                        name, Figures.grouped(count), Figures.percent(count, account.due()), note));
    }

    private static String books(RunResult result) {
        Account account = result.account();
        String sum =
                Figures.format(
                        "%d + %d + %d + %d + %d + %d + %d + %d = %d",
                        account.done(),
                        account.failed(),
                        account.conflicted(),
                        account.timedOut(),
                        account.skipped(),
                        account.rejected(),
                        account.inQueue(),
                        account.inFlight(),
                        account.due() - account.residual());
        if (account.residual() != 0) {
            return Figures.format(
                    "books DO NOT CLOSE: %s, but %d were due (difference %d)",
                    sum, account.due(), account.residual());
        }
        return result.booksClosed()
                ? "books close: " + sum + " due"
                : "books DO NOT CLOSE: " + sum + " at the end, but not in every interval";
    }
}
