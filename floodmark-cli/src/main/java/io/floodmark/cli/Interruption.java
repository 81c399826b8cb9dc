package io.floodmark.cli;

import io.floodmark.load.engine.RunControl;
import java.io.IOException;
import java.io.OutputStream;
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

    /// Whether the work is to end, for a program that another one started: SIGTERM or the end of
    /// standard input, which comes even when that program is killed. Ctrl-C goes to both and is for
    /// the other one to act on.
    static BooleanSupplier requestedByStarter() {
        AtomicBoolean requested = new AtomicBoolean();
        Signals.register("INT", () -> {});
        Signals.register("TERM", () -> requested.set(true));
        Thread.ofPlatform()
                .daemon()
                .name("end-of-input")
                .start(() -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException _) {
                        // Nobody holds the other end any more.
                    }
                    requested.set(true);
                });
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
