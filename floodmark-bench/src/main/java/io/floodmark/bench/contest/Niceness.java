package io.floodmark.bench.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The priority that the operating system gives to this process.
final class Niceness {

    private static final Path STAT = Path.of("/proc/self/stat");

    /// Of the fields that follow the program's name in parentheses.
    private static final int FIELD = 16;

    private Niceness() {}

    /// -20 to 19; 0, the usual one, where the system does not tell.
    static int here() {
        try {
            return parsed(Files.readString(STAT));
        } catch (IOException _) {
            return 0;
        }
    }

    static int parsed(String stat) {
        String afterName = stat.substring(stat.lastIndexOf(')') + 1).strip();
        return Integer.parseInt(afterName.split(" ", -1)[FIELD]);
    }
}
