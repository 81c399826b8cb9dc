package io.floodmark.cli;

import io.floodmark.console.terminal.LiveView;
import io.floodmark.console.terminal.PlainView;
import io.floodmark.load.record.RunObserver;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Where a command writes: results to standard output, everything else to standard error.
///
/// @param out takes results
/// @param err takes progress and messages
/// @param environment the process's environment
/// @param terminal whether a person watches
record Console(
        PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {

    static Console system() {
        boolean terminal =
                Optional.ofNullable(System.console())
                        .map(java.io.Console::isTerminal)
                        .orElse(false);
        return new Console(System.out, System.err, System.getenv(), terminal);
    }

    void progress(String sentence) {
        err.println(sentence);
    }

    /// The live view on a terminal, else plain lines.
    ///
    /// @param every seconds between plain lines
    RunObserver view(Duration every) {
        RunObserver plain = new PlainView(err, every);
        if (!terminal) {
            return plain;
        }
        return LiveView.onSystemTerminal(environment).<RunObserver>map(view -> view).orElse(plain);
    }
}
