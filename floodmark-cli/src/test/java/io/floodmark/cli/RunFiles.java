package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/// The files of one run.
record RunFiles(Path folder) {

    private static final List<String> FATES =
            List.of(
                    "done",
                    "failed",
                    "conflicted",
                    "timed_out",
                    "skipped",
                    "rejected",
                    "never_started",
                    "unfinished");

    /// The run folders that runs in `workingDirectory` left, oldest first.
    static List<Path> foldersIn(Path workingDirectory) throws IOException {
        Path parent = workingDirectory.resolve("floodmark-runs");
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
        }
    }

    JsonNode summary() throws IOException {
        return new ObjectMapper().readTree(file("summary.json").toFile());
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /// One number of the account.
    long account(String entry) throws IOException {
        return summary().at("/account/" + entry).asLong(Long.MIN_VALUE);
    }

    void assertAccountCloses() throws IOException {
        JsonNode account = summary().get("account");
        long explained = FATES.stream().mapToLong(fate -> account.get(fate).asLong()).sum();
        assertThat(account.get("due").asLong()).as("account %s", account).isEqualTo(explained);
        assertThat(account.get("closed").asBoolean()).as("account %s", account).isTrue();
        for (String fate :
                List.of(
                        "due",
                        "done",
                        "failed",
                        "conflicted",
                        "timed_out",
                        "skipped",
                        "rejected")) {
            assertThat(series().stream().mapToLong(second -> second.whole(fate)).sum())
                    .as("%s in series.csv", fate)
                    .isEqualTo(account.get(fate).asLong());
        }
    }

    List<String> seriesLines() throws IOException {
        return Files.isRegularFile(file("series.csv"))
                ? Files.readAllLines(file("series.csv"))
                : List.of();
    }

    /// A line of `series.csv` by column.
    record Second(Map<String, String> values) {
        long whole(String column) {
            return Long.parseLong(values.getOrDefault(column, "no such column: " + column));
        }

        double number(String column) {
            return Double.parseDouble(values.getOrDefault(column, "no such column: " + column));
        }
    }

    List<Second> series() throws IOException {
        List<String> lines = seriesLines();
        String[] columns = lines.getFirst().split(",", -1);
        List<Second> seconds = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",", -1);
            assertThat(values).hasSameSizeAs(columns);
            Map<String, String> second = new HashMap<>();
            for (int i = 0; i < columns.length; i++) {
                second.put(columns[i], values[i]);
            }
            seconds.add(new Second(second));
        }
        return seconds;
    }

    /// Sum of a column over the seconds that lie within [from, to).
    long sum(String column, double from, double to) throws IOException {
        return series().stream()
                .filter(second -> second.number("start_s") >= from && second.number("end_s") < to)
                .mapToLong(second -> second.whole(column))
                .sum();
    }

    /// The whole run's distributions, put together from the log by HdrHistogram's own reader.
    Map<String, Histogram> distributions() throws FileNotFoundException {
        Map<String, Histogram> byTag = new TreeMap<>();
        HistogramLogReader reader = new HistogramLogReader(file("latency.hlog").toFile());
        try (reader) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                byTag.computeIfAbsent(String.valueOf(next.getTag()), _ -> new Histogram(3))
                        .add((Histogram) next);
            }
        }
        return byTag;
    }

    /// The whole run's distribution of that name.
    Histogram distribution(String name) throws FileNotFoundException {
        return distributions().getOrDefault(name, new Histogram(1));
    }

    /// All files in one text, to search it.
    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
