package io.floodmark.cli;

import io.floodmark.load.engine.RunControl;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jline.utils.Signals;

/// Ctrl-C and SIGTERM: the first ends the work in order, a second ends the program at once.
final class Interruption {

    /// The exit code of work that was interrupted.
    static final int INTERRUPTED = 130;

    private Interruption() {}

    static void stops(RunControl control, Console console) {
        stops(() -> {
            control.stop(new RunControl.Stop.Interrupted());
            console.progress("stopping: what is in flight finishes; again to quit at once");
        });
    }

    /// Whether the work is to end, for work that asks often enough.
    static BooleanSupplier requested() {
        AtomicBoolean requested = new AtomicBoolean();
        stops(() -> requested.set(true));
        return requested::get;
    }

    private static void stops(Runnable stop) {
        AtomicBoolean again = new AtomicBoolean();
        for (String signal : new String[] {"INT", "TERM"}) {
            Signals.register(
                    signal,
                    () -> {
                        if (again.getAndSet(true)) {
                            // In the signal's own thread: exit hooks still stop a private server.
                            System.exit(INTERRUPTED);
                        }
                        stop.run();
                    });
        }
    }
}
