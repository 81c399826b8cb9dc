package io.floodmark.store.tck.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Drives a store with many concurrent writers and says whether everything it answered was right.
///
/// The store needs not be empty, but nobody else may write to it during the run. Writers are spread
/// over the targets, which are instances of the *same* store; the first is also read to check.
/// Several instances, killed servers and replays are fair: failures that the store declares are
/// recorded as what they promise. *Threads.* The caller waits; writers are platform threads.
public final class HistoryRunner {

    private final HistoryWorkload workload;
    private final List<HistoryTarget> targets;
    private final Writer.Stage stage;
    private final HistoryChecker checker;
    private final RoundWatch watch;
    private HistoryReport.Totals totals = HistoryReport.Totals.NONE;
    private long ranNanos;

    private HistoryRunner(HistoryWorkload workload, List<HistoryTarget> targets, RoundWatch watch) {
        this.watch = watch;
        this.workload = workload;
        this.targets = targets;
        long started = Ticks.nanos();
        var scene = new Scene(workload, PositionHash.of(started ^ Ticks.wallMillis()));
        var frontier = new Frontier(scene.queries());
        var findings = new Findings();
        this.stage = new Writer.Stage(workload, scene, frontier, findings, new AtomicLong());
        this.checker =
                new HistoryChecker(
                        new HistoryChecker.Course(
                                scene,
                                new MatchHistory(scene.queries()),
                                frontier,
                                findings,
                                started),
                        targets.getFirst(),
                        targets.getFirst().head());
    }

    /// Runs the workload and returns the verdict; [IllegalStateException] when it cannot come to
    /// one because the store hangs or its log cannot be read.
    public static HistoryReport run(HistoryWorkload workload, List<HistoryTarget> targets)
            throws InterruptedException {
        return run(workload, targets, _ -> true);
    }

    /// The same, told after each round.
    public static HistoryReport run(
            HistoryWorkload workload, List<HistoryTarget> targets, RoundWatch watch)
            throws InterruptedException {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one target");
        }
        return new HistoryRunner(workload, List.copyOf(targets), watch).run();
    }

    /// The same with one instance of the store.
    public static HistoryReport run(HistoryWorkload workload, HistoryTarget target)
            throws InterruptedException {
        return run(workload, List.of(target));
    }

    private HistoryReport run() throws InterruptedException {
        int workers = workload.workers();
        long left = Math.ceilDiv(workload.attempts(), (long) workers);
        int quotaMax = Math.max(1, workload.limits().roundAttempts() / workers);
        RoundRecords records = RoundRecords.first(workers, (int) Math.min(left, quotaMax));
        int[] unsettled = {};
        boolean goesOn = true;
        for (long round = 0; left > 0 && goesOn; round++) {
            if (round > 0) {
                records = records.next(workers, (int) Math.min(left, quotaMax), unsettled);
            }
            left -= records.quota();
            write(records, round);
            unsettled = checker.check(records);
            totals = totals.plus(count(records));
            goesOn = watch.goesOn(report());
        }
        // What came to light since, of attempts whose outcome nobody knew.
        int[] _ = checker.check(records.next(workers, 0, unsettled));
        checker.checkAgain();
        return report();
    }

    private HistoryReport report() {
        var ended =
                new HistoryReport.Totals(
                        totals.conditional(),
                        totals.accepted(),
                        totals.conflicts(),
                        totals.refused(),
                        totals.unknown(),
                        stage.replays().get(),
                        totals.reads(),
                        checker.events());
        return new HistoryReport(
                workload,
                ended,
                stage.findings().counts(),
                stage.findings().examples(),
                stage.findings().refusals(),
                Duration.ofNanos(ranNanos));
    }

    private void write(RoundRecords records, long round) throws InterruptedException {
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < workload.workers(); i++) {
            var writer =
                    new Writer(
                            stage,
                            targets.get(i % targets.size()),
                            records,
                            new SeededDraws(workload.seed(), round, i),
                            i);
            writers.add(() -> {
                writer.run();
                return true;
            });
        }
        var threads = Thread.ofPlatform().name("history-writer-", 0).daemon().factory();
        ExecutorService executor = Executors.newThreadPerTaskExecutor(threads);
        long started = Ticks.nanos();
        try {
            Duration limit = workload.limits().roundLimit();
            for (Future<Boolean> writer :
                    executor.invokeAll(writers, limit.toNanos(), TimeUnit.NANOSECONDS)) {
                await(writer, round);
            }
        } finally {
            executor.shutdownNow();
            ranNanos += Ticks.nanos() - started;
        }
    }

    private void await(Future<Boolean> writer, long round) throws InterruptedException {
        try {
            writer.get();
        } catch (CancellationException e) {
            throw new IllegalStateException(
                    "round %d of seed %d did not end within %s: the store hangs, or roundLimit is too low"
                            .formatted(round, workload.seed(), workload.limits().roundLimit()),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "a writer failed in round %d of seed %d: %s"
                            .formatted(round, workload.seed(), e.getCause()),
                    e);
        }
    }

    private static HistoryReport.Totals count(RoundRecords records) {
        Map<Outcome, Long> ends =
                records.ownSlots()
                        .mapToObj(records::outcome)
                        .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
        long reads = records.ownSlots().filter(slot -> records.hasRead[slot]).count();
        long conditional =
                records.ownSlots()
                        .filter(slot -> records.query[slot] != Scene.UNCONDITIONAL)
                        .count();
        return new HistoryReport.Totals(
                conditional,
                ends.getOrDefault(Outcome.ACCEPTED, 0L),
                ends.getOrDefault(Outcome.CONFLICT, 0L),
                ends.getOrDefault(Outcome.REFUSED, 0L),
                ends.getOrDefault(Outcome.UNKNOWN, 0L),
                0,
                reads,
                0);
    }
}
