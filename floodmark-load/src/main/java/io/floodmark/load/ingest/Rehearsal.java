package io.floodmark.load.ingest;

import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.engine.FailedOperation;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Sends for a moment before the run, so that the code of the generator and of the service is
/// compiled before time counts. Its events have names of their own, and no account counts them.
///
/// *Threads.* Confined to one.
///
/// @param kinds of the run
/// @param length for how long at most
/// @param stopped whether the user no longer wants the run
record Rehearsal(
        Sender sender,
        List<Kind> kinds,
        TimeSource time,
        Duration length,
        BooleanSupplier stopped) {

    static final int REQUESTS_MAX = 2_000;

    static final Duration LENGTH_MAX = Duration.ofSeconds(3);
    private static final Duration REQUEST_MAX = Duration.ofSeconds(5);

    private static final Sender.Moments UNSEEN =
            new Sender.Moments() {
                @Override
                public void acquired() {}

                @Override
                public void sent() {}
            };

    /// Rehearses; a service that refuses is told to `progress` and otherwise ignored.
    void run(Consumer<String> progress) {
        long end = time.nanos() + length.toNanos();
        try {
            for (int i = 0; i < REQUESTS_MAX && time.nanos() < end; i++) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                Kind kind = kinds.get(i % kinds.size());
                sender.send(
                        new Sender.Wish(
                                kind == Kind.SLOW ? Kind.BATCH : kind,
                                i,
                                time.nanos() + REQUEST_MAX.toNanos()),
                        UNSEEN);
            }
        } catch (FailedOperation | DeadlinePassed e) {
            progress.accept(
                    "could not rehearse, the first seconds may be slow (%s)"
                            .formatted(e.getMessage()));
        }
    }
}
