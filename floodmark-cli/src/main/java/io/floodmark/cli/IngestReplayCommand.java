package io.floodmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.cli.postgres.IngestDatabase;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.replay.DeadLetter;
import io.floodmark.ingest.replay.DeadLetters;
import io.floodmark.ingest.replay.DeadLettersUnavailable;
import io.floodmark.ingest.replay.Replay;
import io.floodmark.ingest.replay.ReplayReport;
import io.floodmark.ingest.wire.BodyReader;
import io.floodmark.store.TimeAndChance;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `floodmark ingest replay`.
@Command(
        name = "replay",
        description = {
            "Sends dead letters, events that the database refused, through validation and sink once more:"
                    + " after what made them bad is mended. None is stored twice."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark ingest replay --list",
            "  floodmark ingest replay",
            "  floodmark ingest replay --url postgresql://app@db.example/events --limit 100 --json",
            "",
            "Exit codes: 0 none of them is left, 1 setup or usage, 2 some are left"
        })
final class IngestReplayCommand implements Callable<Integer> {
    private static final int LEFT = 2;
    private static final int PAGE = 500;
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin private IngestTables tables = new IngestTables();

    @Option(names = "--list", description = "List them with their reasons, and replay none")
    private boolean list;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Look at so many at most (default: ${DEFAULT-VALUE})")
    private long limit = 1_000_000;

    @Option(names = "--json", description = "Print JSON: with --list a line for each")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by picocli.
    IngestReplayCommand() {}

    @Override
    public Integer call() {
        try {
            return replay();
        } catch (DeadLettersUnavailable e) {
            progress("floodmark: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int replay() {
        TimeAndChance source = TimeAndChance.system();
        try (IngestDatabase database = tables.open(this::progress);
                DeadLetters letters = database.deadLetters()) {
            // Opening it brings the tables up to date.
            Sink sink = database.sink(source);
            if (list) {
                list(letters);
                return CommandLine.ExitCode.OK;
            }
            try (Sink.Writer writer = sink.open()) {
                BodyReader reader = new BodyReader(IngestLimits.defaults());
                ReplayReport report = new Replay(letters, writer, reader, source).run(limit);
                tell(json ? json(report) : text(report));
                return report.complete() ? CommandLine.ExitCode.OK : LEFT;
            }
        }
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void tell(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private void list(DeadLetters letters) {
        String after = "";
        long told = 0;
        while (told < limit) {
            List<DeadLetter> page = letters.next(after, (int) Math.min(PAGE, limit - told));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(letter -> tell(json ? json(letter) : text(letter)));
            after = page.getLast().key();
            told += page.size();
        }
    }

    private static String text(DeadLetter letter) {
        return "%s  %s  %s  refused %d times, last %s  %s  %s"
                .formatted(
                        letter.eventId(),
                        letter.type(),
                        letter.tenant().isEmpty() ? "-" : letter.tenant(),
                        letter.times(),
                        letter.lastAt(),
                        letter.code(),
                        letter.reason().lines().findFirst().orElse(""));
    }

    private static String json(DeadLetter letter) {
        ObjectNode all = JSON.createObjectNode();
        all.put("event_id", letter.eventId());
        all.put("event_type", letter.type());
        all.put("tenant", letter.tenant());
        all.put("times", letter.times());
        all.put("last_at", letter.lastAt().toString());
        all.put("code", letter.code());
        all.put("reason", letter.reason());
        all.put("event", letter.json());
        return all.toString();
    }

    private static String text(ReplayReport report) {
        String counts =
                "%,d stored, %,d were there already, %,d refused again, %,d untouched because the sink failed"
                        .formatted(
                                report.stored(),
                                report.duplicates(),
                                report.refused(),
                                report.untouched());
        return String.join("\n", counts, String.join("\n", report.reasons())).stripTrailing();
    }

    private static String json(ReplayReport report) {
        ObjectNode all = JSON.createObjectNode();
        all.put("stored", report.stored());
        all.put("duplicates", report.duplicates());
        all.put("refused", report.refused());
        all.put("untouched", report.untouched());
        report.reasons().forEach(all.putArray("reasons")::add);
        return all.toString();
    }
}
