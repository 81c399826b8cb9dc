package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ctrl-C and SIGTERM: the run ends in order, with its results, and takes its server along.
final class InterruptionTest {

    private static final int INTERRUPTED = 130;
    private static final String LONG = "--duration=5m";
    private static final String FEW_BOOKS = "--books=500";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void signal_ends_the_run_with_its_results(String signal) throws Exception {
        try (Running running =
                Floodmark.in(folder)
                        .start("run", LONG, "--rate=50", FEW_BOOKS, "--calibrate=false")) {
            running.awaitSeconds(2);
            List<ProcessHandle> children = running.process().descendants().toList();
            assertThat(children).isNotEmpty();
            running.signal(signal);
            Finished run = running.finish();

            assertThat(run.exitCode()).as(run.err()).isEqualTo(INTERRUPTED);
            assertThat(run.err()).contains("stopping: what is in flight finishes");
            assertThat(run.out()).contains("stopped by a signal", "Account");
            assertThat(run.summary().get("verdict").asText()).isEqualTo("interrupted");
            assertThat(run.summary().get("elapsed_s").asDouble()).isBetween(1.0, 60.0);
            assertThat(run.files().account("done")).isPositive();
            assertThat(run.summary().at("/write_check/acked_lost").asLong(-1)).isZero();
            assertThat(run.files().file("report.html")).isNotEmptyFile();
            run.files().assertAccountCloses();
            assertThat(PrivateServers.startedFrom(run.summary())).isEmpty();
            Await.until(
                    "all processes of the run are gone",
                    () -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void signal_during_the_preparation_ends_it_soon() throws Exception {
        try (Running running = Floodmark.in(folder).start("run", "--seed-rows", "20000000")) {
            running.awaitError("created table");
            List<ProcessHandle> children = running.process().descendants().toList();
            running.signal("INT");
            Finished run = running.finish();

            assertThat(run.exitCode()).as(run.err()).isEqualTo(INTERRUPTED);
            assertThat(run.err()).contains("interrupted before the load began");
            assertThat(run.out()).isEmpty();
            assertThat(RunFiles.foldersIn(folder)).isEmpty();
            Await.until(
                    "all processes of the run are gone",
                    () -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void second_signal_quits_at_once() throws Exception {
        try (Running running =
                Floodmark.in(folder).start("run", LONG, FEW_BOOKS, "--calibrate=false")) {
            running.awaitSeconds(1);
            List<ProcessHandle> children = running.process().descendants().toList();
            running.signal("INT");
            running.awaitError("again to quit at once");
            if (running.process().isAlive()) {
                running.process().destroy();
            }

            assertThat(running.finish().exitCode()).isEqualTo(INTERRUPTED);
            Await.until(
                    "all processes of the run are gone",
                    () -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }
}
