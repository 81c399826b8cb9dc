package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.load.record.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What a program that ended left behind.
///
/// @param out standard output
/// @param err standard error
/// @param folder where it ran
record Finished(int exitCode, String out, String err, Path folder) {

    /// Asserts that a whole run was made. A busy machine may have disturbed the generator, which
    /// makes its result invalid (exit 4) and changes nothing about the account, which must close.
    Finished completed() throws IOException {
        return completedAs(Verdict.PASS);
    }

    /// [#completed], with this verdict where the generator was not disturbed.
    Finished completedAs(Verdict verdict) throws IOException {
        assertThat(exitCode)
                .as("exit code; standard error: %s", err)
                .isIn(verdict.exitCode(), Verdict.INVALID.exitCode());
        JsonNode summary = files().summary();
        assertThat(summary.get("exit_code").asInt()).isEqualTo(exitCode);
        if (exitCode == Verdict.INVALID.exitCode()) {
            assertThat(summary.at("/certificate/faults"))
                    .as("only the generator may make a run of a test invalid: %s", summary)
                    .isNotEmpty();
        }
        files().assertAccountCloses();
        return this;
    }

    /// Asserts that nothing was done, and that the user gets these words without a stack trace.
    Finished refusedWith(int expectedExitCode, String... words) throws IOException {
        assertThat(exitCode).as("exit code; standard error: %s", err).isEqualTo(expectedExitCode);
        assertThat(err).contains(words).doesNotContain("\tat ", "Exception");
        assertThat(out).isEmpty();
        assertThat(RunFiles.foldersIn(folder)).isEmpty();
        return this;
    }

    /// Asserts one line of complaint, and a hint where the mistake is in the command line.
    Finished complainedOnce(String... words) throws IOException {
        refusedWith(1, words);
        List<String> lines =
                err.lines()
                        .filter(line -> !line.startsWith("Try: floodmark "))
                        .filter(line -> line.startsWith("floodmark: "))
                        .toList();
        assertThat(lines).as(err).singleElement().asString().contains(words);
        return this;
    }

    /// The files of its last run.
    RunFiles files() throws IOException {
        List<Path> runs = RunFiles.foldersIn(folder);
        assertThat(runs).as("run folders; standard error: %s", err).isNotEmpty();
        return new RunFiles(runs.getLast());
    }

    JsonNode summary() throws IOException {
        return files().summary();
    }
}
