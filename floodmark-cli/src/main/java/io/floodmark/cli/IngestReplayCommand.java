package io.floodmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        usageHelpWidth = 100,
        description = {
            "Sends dead letters, events that the sink refused, through validation and sink once more: after"
                    + " what made them bad is mended. What was replayed is remembered.",
            "PostgreSQL stores none twice. In Kafka and ClickHouse a replay that is cut off may leave one"
                    + " event twice, as every repetition: event_id tells."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark ingest replay --list",
            "  floodmark ingest replay",
            "  floodmark ingest replay --url postgresql://app@db.example/events --limit 100 --json",
            "  floodmark ingest replay --sink kafka --bootstrap kafka.example:9092 --list",
            "  CLICKHOUSE_PASSWORD=... floodmark ingest replay --sink clickhouse --clickhouse-url http://ch.example:8123",
            "",
            "Exit codes: 0 none of them is left, 1 setup or usage, 2 some are left"
        })
final class IngestReplayCommand implements Callable<Integer> {
    private static final int LEFT = 2;
    private static final int PAGE = 500;
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin private IngestStoreOptions where = new IngestStoreOptions();

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
        try (IngestStore store = where.open(this::progress);
                DeadLetters letters = store.deadLetters()) {
            if (list) {
                list(letters);
                return CommandLine.ExitCode.OK;
            }
            try (Sink.Writer writer = store.sink().open()) {
                BodyReader reader = new BodyReader(IngestLimits.defaults());
                ReplayReport report =
                        new Replay(letters, writer, reader, TimeAndChance.system()).run(limit);
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
                if (told == 0 && !json) {
                    progress("there are no dead letters that were not replayed");
                }
                return;
            }
            page.forEach(letter -> tell(json ? json(letter) : text(letter)));
            after = page.getLast().key();
            told += page.size();
        }
    }

    private static String text(DeadLetter letter) {
        return "%s  %s  %s  refused %s%s  %s  %s"
                .formatted(
                        orDash(letter.eventId()),
                        orDash(letter.type()),
                        orDash(letter.tenant()),
                        letter.times() == 1 ? "" : letter.times() + " times, last ",
                        letter.lastAt(),
                        letter.code(),
                        letter.reason().lines().findFirst().orElse(""));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
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
