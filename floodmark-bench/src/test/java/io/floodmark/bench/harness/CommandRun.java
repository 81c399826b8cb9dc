package io.floodmark.bench.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// A benchmark's command line that was executed in this process.
///
/// @param exitCode its exit code
/// @param out its standard output
/// @param err its standard error
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(Callable<Integer> command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                Launcher.of(command)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /// Its standard output as JSON lines.
    public List<JsonNode> results() throws JsonProcessingException {
        List<JsonNode> results = new ArrayList<>();
        for (String line : out.lines().toList()) {
            results.add(new ObjectMapper().readTree(line));
        }
        return results;
    }
}
