package io.floodmark.load.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.load.record.Interval;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunObserver;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.run.DistributionObserver;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// The folder of one run: `series.csv`, `latency.hlog` and `environment.json` as it goes,
/// `summary.json` at its end.
///
/// A file that cannot be written (a full disk) is given up; the others and the load go on, and
/// [#problem()] tells in the end what is missing.
///
/// *Threads.* Confined to the run's collector.
public final class RunFolder implements RunObserver, DistributionObserver {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// More than a file system keeps beside a file's name: an empty file fits on a full disk.
    private static final int PROBE_BYTES = 1_024;

    private final Path folder;
    private final SeriesCsv series;
    private final LatencyLog latencies;
    private final Map<String, String> problems = new LinkedHashMap<>();
    private boolean seriesBroken;
    private boolean latenciesBroken;

    private RunFolder(Path folder, SeriesCsv series, LatencyLog latencies) {
        this.folder = folder;
        this.series = series;
        this.latencies = latencies;
    }

    /// Makes the folder `<parent>/<run id>` and opens its files.
    ///
    /// @param server facts about the server, without secrets
    /// @throws UncheckedIOException with a sentence for the user, when the folder or a file cannot
    ///   be written; nothing has been loaded yet
    public static RunFolder create(Path parent, RunInfo info, Map<String, String> server) {
        Path folder = parent.resolve(info.id());
        try {
            Files.createDirectories(folder);
            write(folder.resolve("environment.json"), EnvironmentJson.of(server));
            SeriesCsv series = new SeriesCsv(folder.resolve("series.csv"));
            return new RunFolder(
                    folder,
                    series,
                    new LatencyLog(folder.resolve("latency.hlog"), info.startedAt()));
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /// Makes sure that run folders can be made in `parent`, before anything else is done.
    ///
    /// @throws UncheckedIOException with a sentence for the user, when they cannot
    public static void checkWritable(Path parent) {
        try {
            Files.createDirectories(parent);
            probe(Files.createTempFile(parent, ".writable", null));
        } catch (IOException e) {
            throw notWritable(parent, e);
        }
    }

    private static void probe(Path file) throws IOException {
        try {
            Files.write(file, new byte[PROBE_BYTES]);
        } finally {
            Files.delete(file);
        }
    }

    private static UncheckedIOException notWritable(Path folder, IOException failure) {
        return new UncheckedIOException(
                "the output folder %s cannot be written (%s); free space there or choose another with --out"
                        .formatted(folder.toAbsolutePath(), reason(failure)),
                failure);
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case AccessDeniedException _ -> "access denied";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /// An observer whose failure to write `name` is told like that of the folder's own files.
    public RunObserver guarded(String name, RunObserver observer) {
        return new RunObserver() {
            @Override
            public void started(RunInfo info) {
                observer.started(info);
            }

            @Override
            public void interval(Interval interval) {
                observer.interval(interval);
            }

            @Override
            public void notice(String sentence) {
                observer.notice(sentence);
            }

            @Override
            public void finished(RunResult result) {
                attempt(name, () -> finish(result));
            }

            private void finish(RunResult result) throws IOException {
                try {
                    observer.finished(result);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }

            @Override
            public void close() {
                observer.close();
            }
        };
    }

    public Path path() {
        return folder;
    }

    /// What could not be written, in one sentence.
    public Optional<String> problem() {
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the run folder %s is incomplete: %s; free space there or choose another with --out"
                                .formatted(
                                        folder.toAbsolutePath(),
                                        problems.entrySet().stream()
                                                .map(e -> e.getKey() + " (" + e.getValue() + ")")
                                                .collect(Collectors.joining(", "))));
    }

    @Override
    public void interval(Interval interval) {
        if (!seriesBroken) {
            seriesBroken = !attempt("series.csv", () -> series.write(interval));
        }
    }

    @Override
    public void interval(Interval interval, Map<String, Histogram> histograms) {
        if (!latenciesBroken) {
            latenciesBroken = !attempt("latency.hlog", () -> latencies.write(interval, histograms));
        }
    }

    @Override
    public void finished(RunResult result) {
        attempt(
                "summary.json",
                () -> write(folder.resolve("summary.json"), SummaryJson.of(result)));
        closeUnlessBroken("series.csv", series, seriesBroken);
        closeUnlessBroken("latency.hlog", latencies, latenciesBroken);
    }

    private void closeUnlessBroken(String name, Closeable file, boolean broken) {
        if (!broken) {
            attempt(name, file::close);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private boolean attempt(String name, Writing writing) {
        try {
            writing.run();
            return true;
        } catch (IOException e) {
            problems.put(name, reason(e));
            return false;
        }
    }

    private static void write(Path path, JsonNode document) throws IOException {
        Files.writeString(
                path, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }
}
