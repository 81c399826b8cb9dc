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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// The folder of one run: `series.csv`, `latency.hlog` and `environment.json` as it goes,
/// `summary.json` at its end.
///
/// A file that cannot be written (a full disk) is given up and told once; the others and the load
/// go on.
///
/// *Threads.* Confined to the run's collector.
public final class RunFolder implements RunObserver, DistributionObserver {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final SeriesCsv series;
    private final LatencyLog latencies;
    private final List<String> problems = new ArrayList<>();
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
    /// @throws IOException when the folder or a file cannot be written; nothing has been loaded yet
    public static RunFolder create(Path parent, RunInfo info, Map<String, String> server)
            throws IOException {
        Path folder = Files.createDirectories(parent.resolve(info.id()));
        write(folder.resolve("environment.json"), EnvironmentJson.of(server));
        SeriesCsv series = new SeriesCsv(folder.resolve("series.csv"));
        return new RunFolder(
                folder, series, new LatencyLog(folder.resolve("latency.hlog"), info.startedAt()));
    }

    /// Makes sure that run folders can be made in `parent`, before anything else is done.
    ///
    /// @throws UncheckedIOException with a sentence for the user, when they cannot
    public static void checkWritable(Path parent) {
        try {
            Files.createDirectories(parent);
            Files.delete(Files.createTempFile(parent, ".writable", null));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the output folder %s cannot be written (%s); choose another with --out"
                            .formatted(parent.toAbsolutePath(), reason(e)),
                    e);
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case AccessDeniedException _ -> "access denied";
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
                    throw new IOException(e.getMessage(), e);
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

    /// What could not be written, each a sentence; empty when all was.
    public List<String> problems() {
        return List.copyOf(problems);
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
            problems.add(
                    "%s is incomplete: %s. Free space or choose another folder with --out."
                            .formatted(folder.resolve(name), e.getMessage()));
            return false;
        }
    }

    private static void write(Path path, JsonNode document) throws IOException {
        Files.writeString(
                path, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }
}
