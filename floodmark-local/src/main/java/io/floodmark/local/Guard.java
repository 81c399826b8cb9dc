package io.floodmark.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A small shell process that outlives this JVM by a moment: it stops the server and deletes the
/// folder as soon as the JVM is gone, be it by exit, a signal or `kill -9`.
///
/// It waits on a pipe that only this JVM holds, so it needs no polling, and it runs after all
/// shutdown hooks: a run that is interrupted can still write its results to the server.
final class Guard implements AutoCloseable {
    private static final long END_SECONDS = 5;

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    /// Guards a server whose folder ends with this JVM.
    static Guard watch(Path folder) throws IOException {
        return start(folder, "delete");
    }

    /// Guards a server whose folder stays: it is stopped as it should be.
    static Guard watchKept(Path folder) throws IOException {
        return start(folder, "keep");
    }

    private static Guard start(Path folder, String what) throws IOException {
        Process shell =
                new ProcessBuilder("sh", "-c", script(), "floodmark-guard", folder.toString(), what)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return new Guard(shell);
    }

    private static String script() throws IOException {
        try (InputStream script = Guard.class.getResourceAsStream("guard.sh")) {
            if (script == null) {
                throw new IOException("guard.sh is missing beside " + Guard.class.getName());
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Sends the guard home; server and folder are the caller's again.
    @Override
    public void close() {
        try (var pipe = shell.getOutputStream()) {
            pipe.write('\n');
        } catch (IOException e) {
            // Somebody ended the guard: there is nothing to send home.
        }
        try {
            if (!shell.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
