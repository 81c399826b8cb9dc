package io.floodmark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Lets programs hear Ctrl-C where these tests are deaf to it, for instance in the background of a
/// shell without job control: who starts them deaf makes a JVM leave the signal alone.
final class Interruptible {

    private static final int INT = 2;
    private static final String IGNORED = "SigIgn:";

    private Interruptible() {}

    /// What to put before a command: nothing where this process itself can be interrupted.
    static List<String> wrapper() throws IOException {
        return deaf() ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static boolean deaf() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(IGNORED))
                .map(line -> Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16))
                .anyMatch(mask -> (mask >> (INT - 1) & 1) == 1);
    }
}
