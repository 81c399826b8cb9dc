package io.floodmark.cli;

import io.floodmark.ingest.audit.AckedIds;
import io.floodmark.ingest.audit.Audit;
import io.floodmark.ingest.audit.AuditRange;
import io.floodmark.ingest.audit.AuditReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        usageHelpWidth = 100,
        description = {
            "Compares what was acknowledged with what is stored, by event_id: tells what is missing, what is"
                    + " there twice, and what is there without an acknowledgement.",
            "A line of FILE is a JSON object: {\"event_id\":\"...\",\"level\":\"postgres\",\"time\":\"...\"}. A"
                    + " load run writes such a file with --acked-file.",
            "Without such a file, --service compares the numbers of a running service with PostgreSQL's."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark run --workload ingest --service http://127.0.0.1:8080 --acked-file acked.ndjson",
            "  floodmark ingest audit acked.ndjson",
            "  floodmark ingest audit --url postgresql://app@db.example/events --from 2026-11-21T12:00:00Z a b",
            "  floodmark ingest audit --sink kafka --bootstrap kafka.example:9092 acked.ndjson",
            "  CLICKHOUSE_PASSWORD=... floodmark ingest audit --sink clickhouse --clickhouse-url http://ch.example:8123 a",
            "  floodmark ingest audit --service http://127.0.0.1:8080",
            "",
            "It needs room for temporary files, about as much as FILE and the ids stored, and little memory.",
            "In Kafka an event may be there twice by design, which is told and is no fault; ClickHouse is read after"
                    + " its deduplication.",
            "Exit codes: 0 all that was acknowledged is there, and no more often than the sink promises;",
            "            1 setup or usage; 2 nothing was proved: no id to look for, or numbers that cannot tell;",
            "            3 something is missing, or twice where that is a fault"
        })
final class IngestAuditCommand implements Callable<Integer> {
    private static final int NOTHING_PROVED = 2;
    private static final int NOT_CLEAN = 3;
    private static final String EARLIEST = "1970-01-01T00:00:00Z";
    private static final String LATEST = "9999-01-01T00:00:00Z";

    @Mixin private IngestStoreOptions where = new IngestStoreOptions();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Acknowledged ids")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--service",
            paramLabel = "URL",
            description =
                    "Instead of FILE: a running service, whose counters are compared with PostgreSQL's number of"
                            + " events since its start")
    private Optional<URI> service = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Whose events: name of the API key (default: those sent without keys)")
    private String tenant = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            defaultValue = EARLIEST,
            description = "Look for what was acknowledged from then on (default: all)")
    private String from = EARLIEST;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = LATEST,
            description = "Look for what was acknowledged before (default: all)")
    private String to = LATEST;

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
        if (files.isEmpty() == service.isEmpty()) {
            throw mistake("name either a FILE of acknowledged ids, or a running --service");
        }
        if (service.isPresent()
                && !(tenant.isEmpty() && from.equals(EARLIEST) && to.equals(LATEST))) {
            throw mistake("--tenant, --from and --to need a FILE of acknowledged ids");
        }
        try {
            return service.isPresent() ? auditService(service.get()) : auditFiles();
        } catch (NoSuchFileException e) {
            progress("floodmark: %s does not exist".formatted(e.getFile()));
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            progress("floodmark: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int auditFiles() throws IOException {
        AuditRange range = range();
        AuditReport report;
        try (IngestStore store = where.open(this::progress)) {
            report =
                    new Audit(listed, range)
                            .run(new AckedIds(files), store.storedIds(tenant, range));
        }
        tell(json ? AuditOutput.json(report) : AuditOutput.text(report));
        if (report.acked().ids() == 0) {
            progress("floodmark: no acknowledged id was looked for, so that nothing is proved");
            return NOTHING_PROVED;
        }
        return report.clean() ? CommandLine.ExitCode.OK : NOT_CLEAN;
    }

    private int auditService(URI address) throws IOException {
        if (where.sink() != SinkKind.POSTGRES) {
            throw mistake(
                    "--service works with PostgreSQL only: %s does not tell an event from its repetition, so"
                                    .formatted(where.sink())
                            + " its numbers prove nothing; name a FILE of acknowledged ids");
        }
        ServiceAudit report;
        where.checkOptions();
        try (PostgresIngestStore store = where.postgres(this::progress)) {
            report = ServiceAudit.of(address, store);
        }
        tell(json ? report.json() : report.text());
        return report.verdict().exitCode();
    }

    private AuditRange range() {
        try {
            return new AuditRange(moment("--from", from), moment("--to", to));
        } catch (IllegalArgumentException e) {
            throw mistake("--from and --to: " + e.getMessage());
        }
    }

    private Instant moment(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw mistake(
                    "%s is %s, expected a time such as 2026-11-21T12:00:00Z"
                            .formatted(option, text));
        }
    }

    private ParameterException mistake(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private void tell(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
