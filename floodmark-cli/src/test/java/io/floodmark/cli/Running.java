package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A started program. Closing it ends it, however far it is.
///
/// @param relays copy its outputs into the files where it does not write them itself
record Running(Process process, Path folder, Path outFile, Path errFile, List<Thread> relays)
        implements AutoCloseable {

    private static final Pattern SERVICE_PORT =
            Pattern.compile("taking events on http://\\S+:(\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Waits until standard error holds `words`.
    void awaitError(String words) throws Exception {
        Await.until(
                "standard error says \"" + words + "\"",
                () -> {
                    String err = Files.readString(errFile);
                    if (!process.isAlive() && !err.contains(words)) {
                        throw new AssertionError("it ended without saying " + words + ":\n" + err);
                    }
                    return err.contains(words);
                });
    }

    /// What the first group of `pattern` finds in the words of a service that takes events.
    String told(Pattern pattern) throws Exception {
        awaitError("taking events on");
        Matcher matcher = pattern.matcher(Files.readString(errFile));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /// Where a service takes events.
    int servicePort() throws Exception {
        return Integer.parseInt(told(SERVICE_PORT));
    }

    /// Waits until the run has written so many seconds into its series.
    void awaitSeconds(int seconds) throws Exception {
        Await.until(
                seconds + " s of the run have passed",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended: " + Files.readString(errFile));
                    }
                    List<Path> runs = RunFiles.foldersIn(folder);
                    return !runs.isEmpty()
                            && new RunFiles(runs.getLast()).seriesLines().size() > seconds;
                });
    }

    /// Sends the signal of that name.
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    /// Waits for the end.
    Finished finish() throws IOException, InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("it ends within %s; so far it said: %s", LIMIT, Files.readString(errFile))
                .isTrue();
        for (Thread relay : relays) {
            assertThat(relay.join(LIMIT)).isTrue();
        }
        return new Finished(
                process.exitValue(), Files.readString(outFile), Files.readString(errFile), folder);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
