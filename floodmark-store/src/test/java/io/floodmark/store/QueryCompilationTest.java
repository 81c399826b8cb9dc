package io.floodmark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the compiler on expressions that build queries.
final class QueryCompilationTest {

    private static final List<String> SENSIBLE =
            List.of(
                    "matching().types(\"A\").build()",
                    "matching().tags(t).types(\"A\").anyPayload(p).build()",
                    "matching().anyPayload(p).tags(t).types(\"A\").or().tags(t).build()",
                    "matching().anyEvent().build()",
                    "matching().anyEvent().after(x).request()",
                    "matching().types(\"A\").occurredFrom(i).occurredUntil(i).request()",
                    "matching().types(\"A\").occurredUntil(i).request()",
                    "matching().types(\"A\").build().after(x)");

    private static final List<String> SENSELESS =
            List.of(
                    // nothing is asked
                    "matching().build()",
                    "matching().or()",
                    "matching().after(x)",
                    "matching().occurredFrom(i)",
                    "matching().types()",
                    "matching().tags()",
                    "matching().anyPayload()",
                    "matching().types(\"A\").or().build()",
                    "matching().types(\"A\").or().or()",
                    "matching().types(\"A\").or().after(x)",
                    // something is said twice
                    "matching().types(\"A\").types(\"B\")",
                    "matching().tags(t).tags(t)",
                    "matching().anyPayload(p).anyPayload(p)",
                    "matching().anyPayload(p).allPayload(p)",
                    "matching().allPayload(p).anyPayload(p)",
                    "matching().types(\"A\").tags(t).types(\"B\")",
                    "matching().types(\"A\").tags(t).tags(t)",
                    "matching().types(\"A\").anyPayload(p).allPayload(p)",
                    "matching().types(\"A\").anyPayload(p).types(\"B\")",
                    "matching().tags(t).anyPayload(p).tags(t)",
                    "matching().tags(t).anyPayload(p).allPayload(p)",
                    "matching().types(\"A\").tags(t).anyPayload(p).allPayload(p)",
                    "matching().types(\"A\").tags(t).anyPayload(p).tags(t)",
                    "matching().types(\"A\").tags(t).anyPayload(p).types(\"B\")",
                    // every event, and yet some
                    "matching().anyEvent().types(\"A\")",
                    "matching().anyEvent().tags(t)",
                    "matching().anyEvent().anyPayload(p)",
                    "matching().anyEvent().or()",
                    "matching().types(\"A\").or().anyEvent()",
                    "matching().types(\"A\").anyEvent()",
                    // time and position
                    "matching().types(\"A\").occurredFrom(i).after(x)",
                    "matching().types(\"A\").occurredUntil(i).after(x)",
                    "matching().types(\"A\").occurredFrom(i).occurredUntil(i).after(x)",
                    "matching().types(\"A\").after(x).occurredFrom(i)",
                    "matching().types(\"A\").after(x).occurredUntil(i)",
                    "matching().types(\"A\").after(x).after(x)",
                    "matching().types(\"A\").occurredFrom(i).occurredFrom(i)",
                    "matching().types(\"A\").occurredUntil(i).occurredUntil(i)",
                    "matching().types(\"A\").occurredUntil(i).occurredFrom(i)",
                    // a bounded read is no query, so no condition of an append and no snapshot's
                    // key
                    "matching().types(\"A\").occurredFrom(i).build()",
                    "matching().types(\"A\").occurredUntil(i).build()",
                    "matching().types(\"A\").after(x).build()",
                    "matching().types(\"A\").occurredFrom(i).request().hash()",
                    "matching().types(\"A\").occurredFrom(i).or()",
                    "matching().types(\"A\").after(x).or()",
                    "matching().types(\"A\").after(x).tags(t)");

    @TempDir private Path folder;

    @Test
    void what_makes_sense_compiles() throws IOException {
        assertThat(errors(SENSIBLE)).isEmpty();
    }

    @Test
    void what_makes_no_sense_does_not() throws IOException {
        List<String> errors = errors(SENSELESS);

        for (int i = 0; i < SENSELESS.size(); i++) {
            String file = "Try" + i + ".java:";
            assertThat(errors)
                    .as(SENSELESS.get(i))
                    .anyMatch(line ->
                            line.startsWith(file)
                                    && line.matches(".*compiler\\.err\\.cant\\.(resolve|apply).*"));
        }
        assertThat(errors).hasSameSizeAs(SENSELESS);
    }

    /// The compiler's raw diagnostics, one line for each error.
    private List<String> errors(List<String> expressions) throws IOException {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("-proc:none", "-XDrawDiagnostics", "-Xmaxerrs", "1000"));
        arguments.addAll(List.of("-cp", classes().toString(), "-d", folder.toString()));
        for (int i = 0; i < expressions.size(); i++) {
            Path file = folder.resolve("Try" + i + ".java");
            Files.writeString(file, source("Try" + i, expressions.get(i)));
            arguments.add(file.toString());
        }
        var output = new StringWriter();
        try (var writer = new PrintWriter(output)) {
            ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
            compiler.run(writer, writer, arguments.toArray(String[]::new));
        }
        return output.toString().lines().filter(line -> line.contains("compiler.err")).toList();
    }

    private static String source(String name, String expression) {
        return """
        import static io.floodmark.store.Query.matching;

        import io.floodmark.store.PayloadMatch;
        import io.floodmark.store.Position;
        import io.floodmark.store.Tag;
        import java.time.Instant;

        class %s {
            Object it(Tag t, PayloadMatch p, Position x, Instant i) {
                return %s;
            }
        }
        """
                .formatted(name, expression);
    }

    private static Path classes() {
        try {
            return Path.of(Query.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
