package io.floodmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.cli.postgres.IngestDatabase;
import io.floodmark.ingest.audit.AckedIds;
import io.floodmark.ingest.audit.Audit;
import io.floodmark.ingest.audit.AuditReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `floodmark ingest audit`.
@Command(
        name = "audit",
        description = {
            "Compares what was acknowledged with what is stored, by event_id: tells what is missing, what is"
                    + " there twice, and what is there without an acknowledgement.",
            "A line of FILE is a JSON object: {\"event_id\":\"...\",\"level\":\"postgres\"}. A load run writes"
                    + " such a file with --acked-file."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark run --workload ingest --service http://127.0.0.1:8080 --acked-file acked.ndjson",
            "  floodmark ingest audit acked.ndjson",
            "  floodmark ingest audit --url postgresql://app@db.example/events --from 2026-11-21T12:00:00Z a b",
            "",
            "It needs room for temporary files, about as much as FILE and the ids stored, and little memory.",
            "Exit codes: 0 all that was acknowledged is there, once; 1 setup or usage; 3 something is missing"
                    + " or twice"
        })
final class IngestAuditCommand implements Callable<Integer> {
    private static final int NOT_CLEAN = 3;
    private static final String LATEST = "9999-01-01T00:00:00Z";
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin private IngestTables tables = new IngestTables();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Acknowledged ids")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Whose events: name of the API key (default: those sent without keys)")
    private String tenant = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            defaultValue = "1970-01-01T00:00:00Z",
            description = "Look at events that arrived from then on (default: all)")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = LATEST,
            description = "Look at events that arrived before (default: all)")
    private String to = "";

    @Option(
            names = "--list",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many ids to name of each trouble (default: ${DEFAULT-VALUE})")
    private int listed = 10;

    @Option(names = "--json", description = "Print the result as JSON")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by picocli.
    IngestAuditCommand() {}

    @Override
    public Integer call() {
        try {
            return audit();
        } catch (NoSuchFileException e) {
            progress("floodmark: %s does not exist".formatted(e.getFile()));
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            progress("floodmark: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int audit() throws IOException {
        AuditReport report;
        try (IngestDatabase database = tables.open(this::progress)) {
            report =
                    new Audit(listed)
                            .run(
                                    new AckedIds(files),
                                    database.storedIds(
                                            tenant, moment("--from", from), moment("--to", to)));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(report) : text(report));
        out.flush();
        return report.clean() ? CommandLine.ExitCode.OK : NOT_CLEAN;
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private Instant moment(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s is %s, expected a time such as 2026-11-21T12:00:00Z"
                            .formatted(option, text),
                    e);
        }
    }

    private static String json(AuditReport report) {
        ObjectNode all = JSON.createObjectNode();
        all.put("acknowledged", report.acknowledged());
        all.put("found", report.found());
        all.put("missing", report.missingCount());
        ObjectNode levels = all.putObject("missing_by_level");
        report.missing().forEach(levels::put);
        report.firstMissing().forEach(all.putArray("first_missing")::add);
        all.put("duplicated", report.duplicated());
        report.firstDuplicated().forEach(all.putArray("first_duplicated")::add);
        all.put("not_acknowledged", report.notAcknowledged());
        all.put("clean", report.clean());
        return all.toString();
    }

    private static String text(AuditReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("acknowledged      %,d".formatted(report.acknowledged()));
        lines.add("found             %,d".formatted(report.found()));
        lines.add("missing           %,d".formatted(report.missingCount()));
        report.missing()
                .forEach((level, count) ->
                        lines.add("  acknowledged as %s: %,d".formatted(level, count)));
        report.firstMissing().forEach(id -> lines.add("  " + id));
        lines.add("stored twice      %,d".formatted(report.duplicated()));
        report.firstDuplicated().forEach(id -> lines.add("  " + id));
        lines.add("not acknowledged  %,d".formatted(report.notAcknowledged()));
        return String.join("\n", lines);
    }
}
