package io.floodmark.load.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// The handle by which a run is ended early, in order: no new arrivals, what is in flight finishes
/// or times out, results are written.
///
/// *Threads.* Any.
public final class RunControl {

    private static final int NOTICES_MAX = 1_000;

    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Optional<Stop>> requested =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Thread>> waiting =
            new AtomicReference<>(Optional.empty());

    /// Why a run ends before its time.
    public sealed interface Stop {

        /// The user wants it, by Ctrl-C or SIGTERM.
        record Interrupted() implements Stop {}

        /// It must not go on.
        ///
        /// @param reason a sentence with its numbers
        record Aborted(String reason) implements Stop {}
    }

    /// Asks the run to end; the first request counts.
    public void stop(Stop stop) {
        requested.compareAndSet(Optional.empty(), Optional.of(stop));
        waiting.get().ifPresent(LockSupport::unpark);
    }

    /// Asks the run to end because a part of the generator itself failed: what it would have
    /// measured from now on is worth nothing.
    ///
    /// @param part what failed, with its article (`the governor`)
    public void brokeDown(String part, Throwable cause) {
        String place = cause.getStackTrace().length == 0 ? "" : " at " + cause.getStackTrace()[0];
        stop(new Stop.Aborted("%s broke down: %s%s".formatted(part, cause, place)));
    }

    /// Leaves a sentence for the user; it is told with the next interval.
    public void notice(String sentence) {
        if (notices.size() < NOTICES_MAX) {
            notices.add(sentence);
        }
    }

    /// Takes the sentences left so far.
    public List<String> drainNotices() {
        List<String> drained = new ArrayList<>();
        for (String next = notices.poll(); next != null; next = notices.poll()) {
            drained.add(next);
        }
        return drained;
    }

    /// The request to stop, if there was one.
    public Optional<Stop> requested() {
        return requested.get();
    }

    void wakeOnStop(Thread thread) {
        waiting.set(Optional.of(thread));
    }
}
