package io.floodmark.bench.service;

import io.floodmark.bench.harness.SetupFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An ingestion service in a JVM of its own, which ends with this one in any case: it stops when
/// its standard input ends. *Threads:* confined to one; its messages are read by another.
final class RunningService implements AutoCloseable {
    /// What `./floodmark` starts the JVM with.
    static final List<String> JAVA_OPTIONS =
            List.of("-Xmx512m", "-XX:+UseG1GC", "--enable-native-access=ALL-UNNAMED");

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("taking events on (http://\\S+)");

    private final Process process;
    private final CompletableFuture<URI> told = new CompletableFuture<>();
    private volatile String lastLine = "it said nothing";

    private RunningService(Process process) {
        this.process = process;
        Thread.ofVirtual().name("service-messages").start(this::listen);
    }

    /// Starts a service, and waits until it takes requests.
    ///
    /// @param javaOptions of its JVM, after the usual ones
    static RunningService start(Backing.Start what, List<String> javaOptions)
            throws SetupFailure, IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_OPTIONS);
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), what.main()));
        command.addAll(what.arguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("DATABASE_URL") || name.startsWith("DB_"));
        builder.environment().putAll(what.environment());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        RunningService service = new RunningService(builder.start());
        service.awaitAddress();
        return service;
    }

    private void listen() {
        try (BufferedReader messages = process.errorReader()) {
            for (String line = messages.readLine(); line != null; line = messages.readLine()) {
                lastLine = line;
                Matcher matcher = ADDRESS.matcher(line);
                if (matcher.find()) {
                    told.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException _) {
            // It has ended.
        } finally {
            told.completeExceptionally(new IOException("it ended"));
        }
    }

    private void awaitAddress() throws SetupFailure {
        try {
            told.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new SetupFailure("the service did not start: " + lastLine, e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new SetupFailure("interrupted while the service started", e);
        }
    }

    URI address() {
        return told.join();
    }

    long pid() {
        return process.pid();
    }

    /// Ends it in order: it stores what it has taken.
    ///
    /// @return what went wrong, if something did
    Optional<String> stop() throws InterruptedException {
        boolean alone = !process.isAlive();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            return Optional.of("the service could not be told to stop: " + e);
        }
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
            return Optional.of("the service did not stop within " + STOP_MAX);
        }
        if (alone || process.exitValue() != 0) {
            return Optional.of(
                    "the service ended %s exit code %d: %s"
                            .formatted(
                                    alone ? "by itself, with" : "with",
                                    process.exitValue(),
                                    lastLine));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
