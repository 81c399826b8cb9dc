package io.floodmark.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One process of the program in which many command lines run, one after another: for tests of what
/// commands do and say, to which a new JVM for each adds nothing but its start. *Threads:* one.
///
/// @param program whose folder and environment they have
/// @param out takes the standard output of all of them
/// @param answers what the process says when a command line has ended
record CommandLines(Floodmark program, Process process, Path out, BufferedReader answers)
        implements AutoCloseable {

    private static final String EXIT = "exit ";
    private static final long END_SECONDS = 20;

    static CommandLines in(Floodmark program) throws IOException {
        Path out = Files.createTempFile(program.folder(), "stdout-", ".txt");
        Process process =
                program.builder(List.of(), Host.class, List.of())
                        .redirectOutput(out.toFile())
                        .start();
        return new CommandLines(program, process, out, process.errorReader(StandardCharsets.UTF_8));
    }

    /// Runs one to the end.
    Finished run(String... arguments) throws IOException {
        byte[] before = Files.readAllBytes(out);
        Path err = Files.createTempFile(program.folder(), "stderr-", ".txt");
        List<String> request = new ArrayList<>(List.of(err.toString()));
        request.addAll(List.of(arguments));
        var requests = process.outputWriter(StandardCharsets.UTF_8);
        requests.write(new ObjectMapper().writeValueAsString(request) + "\n");
        requests.flush();
        int exitCode = exitCode();
        byte[] after = Files.readAllBytes(out);
        String said =
                new String(
                        after, before.length, after.length - before.length, StandardCharsets.UTF_8);
        return new Finished(exitCode, said, Files.readString(err), program.folder());
    }

    private int exitCode() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(EXIT)) {
                return Integer.parseInt(line.substring(EXIT.length()));
            }
            // The JVM's own words.
            System.err.println(line);
        }
        throw new AssertionError("the process of the command lines ended");
    }

    @Override
    public void close() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }

    /// Reads a command line from each line of its input. Its standard output is theirs; on its
    /// standard error it answers with the exit code.
    static final class Host {

        private Host() {}

        public static void main(String[] arguments) throws IOException {
            PrintStream answers = System.err;
            var input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                List<String> request =
                        new ObjectMapper().readValue(line, new TypeReference<List<String>>() {});
                answers.println(EXIT + run(request));
            }
            System.exit(0);
        }

        private static int run(List<String> request) throws IOException {
            try (PrintStream err =
                    new PrintStream(
                            Files.newOutputStream(Path.of(request.getFirst())),
                            true,
                            StandardCharsets.UTF_8)) {
                System.setErr(err);
                return new Main()
                        .execute(request.subList(1, request.size()).toArray(String[]::new));
            } finally {
                System.out.flush();
            }
        }
    }
}
