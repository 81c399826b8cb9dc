package io.floodmark.cli;

import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.workload.ServiceStarter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `floodmark ingest` in a process of its own, which ends with this one in any case: it stops when
/// its standard input ends.
///
/// *Threads.* Confined to one; its messages are read by another.
final class ServiceProcess implements ServiceStarter.Service {

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final Duration KILL_AFTER = Duration.ofSeconds(5);
    private static final int LINES_KEPT = 20;
    private static final Pattern ADDRESS = Pattern.compile("taking events on (http://\\S+)");

    private final Process process;
    private final CountDownLatch told = new CountDownLatch(1);
    private final Deque<String> lines = new ArrayDeque<>();
    private Optional<URI> address = Optional.empty();
    private boolean stopped;

    private ServiceProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().name("service-messages").start(this::listen);
    }

    /// Starts such processes.
    static final class Starter implements ServiceStarter {

        @Override
        public Service start(ConnectionTarget database, String schema) {
            ProcessBuilder builder = new ProcessBuilder(command(database, schema));
            builder.environment().keySet().removeIf(Starter::namesDatabase);
            builder.environment().put("DB_PASSWORD", database.password().reveal());
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            try {
                ServiceProcess service = new ServiceProcess(builder.start());
                service.awaitAddress();
                return service;
            } catch (IOException e) {
                throw new UncheckedIOException("the ingestion service could not be started", e);
            }
        }

        private static boolean namesDatabase(String variable) {
            return variable.equals("DATABASE_URL") || variable.startsWith("DB_");
        }

        private static List<String> command(ConnectionTarget database, String schema) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseG1GC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "ingest",
                    "--host=" + database.host(),
                    "--port=" + database.port(),
                    "--user=" + database.user(),
                    "--database=" + database.database(),
                    "--ssl-mode=" + database.sslMode().label(),
                    "--schema=" + schema,
                    "--listen-port=0",
                    "--stop-at-eof");
        }
    }

    private void listen() {
        try (BufferedReader messages = process.errorReader()) {
            for (String line = messages.readLine(); line != null; line = messages.readLine()) {
                hear(line);
            }
        } catch (IOException _) {
            // It has ended.
        } finally {
            told.countDown();
        }
    }

    private synchronized void hear(String line) {
        lines.addLast(line);
        if (lines.size() > LINES_KEPT) {
            lines.removeFirst();
        }
        Matcher matcher = ADDRESS.matcher(line);
        if (matcher.find()) {
            address = Optional.of(URI.create(matcher.group(1)));
            told.countDown();
        }
    }

    private synchronized String lastLine() {
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    private void awaitAddress() {
        boolean inTime = false;
        try {
            inTime = told.await(START_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!inTime || !hasAddress()) {
            close();
            throw new ConfigurationException(
                    List.of("the ingestion service did not start: " + lastLine()));
        }
    }

    private synchronized boolean hasAddress() {
        return address.isPresent();
    }

    @Override
    public synchronized URI address() {
        return address.orElseThrow(() -> new IllegalStateException("the service did not start"));
    }

    @Override
    public Optional<String> stop() {
        if (stopped) {
            return Optional.empty();
        }
        stopped = true;
        boolean alone = !process.isAlive();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of(
                        "the ingestion service did not stop within %d s"
                                .formatted(STOP_MAX.toSeconds()));
            }
        } catch (IOException e) {
            return Optional.of("the ingestion service could not be stopped: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("stopping the ingestion service was interrupted");
        }
        if (process.exitValue() == 0 && !alone) {
            return Optional.empty();
        }
        return Optional.of(
                "the ingestion service ended %s with exit code %d: %s"
                        .formatted(alone ? "by itself" : "", process.exitValue(), lastLine())
                        .replaceAll(" {2,}", " "));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(KILL_AFTER.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
