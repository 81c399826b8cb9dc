package io.floodmark.load.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.floodmark.load.record.RunObserver;
import io.floodmark.load.record.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of a run, on a disk with room and on one without.
final class RunFolderTest {

    /// Takes nothing: each write ends as on a full disk.
    private static final Path FULL = Path.of("/dev/full");

    @TempDir private Path parent;

    private RunFolder create() {
        return RunFolder.create(parent, Samples.info(), Map.of("server_version", "18.6"));
    }

    private Path file(String name) {
        return parent.resolve(Samples.info().id()).resolve(name);
    }

    private static void runThreeSeconds(RunFolder folder) {
        for (int second = 1; second <= 3; second++) {
            folder.interval(Samples.interval(second));
            folder.interval(Samples.interval(second), Samples.histograms());
        }
        folder.finished(Samples.result());
    }

    @Test
    void files_are_whole_after_a_run() throws Exception {
        RunFolder folder = create();
        runThreeSeconds(folder);

        assertThat(folder.problem()).isEmpty();
        List<String> series = Files.readAllLines(file("series.csv"));
        assertThat(series).hasSize(4);
        assertThat(series.getFirst())
                .startsWith("start_s,end_s,due,done,")
                .contains(",bytes_written,");
        assertThat(series.get(1))
                .startsWith("0.000,1.000,10,10,0,0,0,0,0,0,0,true,3,10.000,10.000,");
        for (String line : series) {
            assertThat(line.split(",", -1)).hasSameSizeAs(series.getFirst().split(",", -1));
        }
        assertThat(loggedIntervals()).isEqualTo(3);
        assertThat(file("summary.json")).content().contains("\"run_id\"");
        assertThat(file("environment.json")).content().contains("18.6");
    }

    private int loggedIntervals() throws IOException {
        int intervals = 0;
        try (HistogramLogReader reader = new HistogramLogReader(file("latency.hlog").toFile())) {
            while (reader.nextIntervalHistogram() != null) {
                intervals++;
            }
        }
        return intervals;
    }

    @Test
    void seconds_are_on_disk_while_the_run_goes() throws Exception {
        RunFolder folder = create();
        folder.interval(Samples.interval(1));

        assertThat(Files.readAllLines(file("series.csv"))).hasSize(2);
    }

    private void fill(String name) throws IOException {
        assumeThat(FULL).as("a device that is always full").exists();
        Files.createDirectories(parent.resolve(Samples.info().id()));
        Files.createSymbolicLink(file(name), FULL);
    }

    @Test
    void series_on_a_full_disk_is_told_once_and_the_rest_goes_on() throws Exception {
        fill("series.csv");
        RunFolder folder = create();
        runThreeSeconds(folder);

        assertThat(folder.problem())
                .get(STRING)
                .contains("incomplete: series.csv (No space left on device);", "--out");
        assertThat(loggedIntervals()).isEqualTo(3);
        assertThat(file("summary.json")).isNotEmptyFile();
    }

    @Test
    void latency_log_on_a_full_disk_is_told_once_and_the_rest_goes_on() throws Exception {
        fill("latency.hlog");
        RunFolder folder = create();
        runThreeSeconds(folder);

        assertThat(folder.problem())
                .get(STRING)
                .contains("incomplete: latency.hlog (not written);", "--out");
        assertThat(Files.readAllLines(file("series.csv"))).hasSize(4);
        assertThat(file("summary.json")).isNotEmptyFile();
    }

    @Test
    void summary_on_a_full_disk_is_told() throws Exception {
        fill("summary.json");
        RunFolder folder = create();
        runThreeSeconds(folder);

        assertThat(folder.problem())
                .get(STRING)
                .contains("incomplete: summary.json (No space left on device);");
        assertThat(Files.readAllLines(file("series.csv"))).hasSize(4);
    }

    @Test
    void other_observer_that_cannot_write_is_told_too() throws Exception {
        RunFolder folder = create();
        RunObserver report =
                folder.guarded(
                        "report.html",
                        new RunObserver() {
                            @Override
                            public void finished(RunResult result) {
                                throw new UncheckedIOException(new IOException("no room"));
                            }
                        });
        report.finished(Samples.result());

        assertThat(folder.problem()).get(STRING).contains("incomplete: report.html (no room);");
    }

    @Test
    void files_that_cannot_be_written_are_told_together() throws Exception {
        fill("series.csv");
        fill("summary.json");
        RunFolder folder = create();
        runThreeSeconds(folder);

        assertThat(folder.problem())
                .get(STRING)
                .contains("series.csv (No space left on device), summary.json (No space")
                .containsOnlyOnce("--out");
    }

    @Test
    void disk_that_is_full_at_the_start_is_told_with_its_path() throws Exception {
        fill("environment.json");

        assertThatThrownBy(this::create)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(parent.resolve(Samples.info().id()).toString())
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("--out");
    }

    @Test
    void file_in_the_place_of_the_folder_is_told_before_the_run() throws Exception {
        Path taken = Files.createFile(parent.resolve("taken"));

        assertThatThrownBy(() -> RunFolder.checkWritable(taken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(taken.toString())
                .hasMessageContaining("a file of that name")
                .hasMessageContaining("--out");
        RunFolder.checkWritable(parent.resolve("new/folders"));
        assertThat(parent.resolve("new/folders")).isEmptyDirectory();
    }
}
