package io.floodmark.cli;

import io.floodmark.load.engine.RunControl;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/// Ctrl-C and SIGTERM: the first ends the run in order, a second ends the program at once.
final class Interruption {

    private static final int INTERRUPTED = 130;

    private Interruption() {}

    static void stops(RunControl control, Console console) {
        AtomicBoolean again = new AtomicBoolean();
        for (String signal : new String[] {"INT", "TERM"}) {
            Signals.register(
                    signal,
                    () -> {
                        if (again.getAndSet(true)) {
                            // In the signal's own thread: exit hooks still stop a private server.
                            System.exit(INTERRUPTED);
                        }
                        control.stop(new RunControl.Stop.Interrupted());
                        console.progress(
                                "stopping: what is in flight finishes; again to quit at once");
                    });
        }
    }
}
