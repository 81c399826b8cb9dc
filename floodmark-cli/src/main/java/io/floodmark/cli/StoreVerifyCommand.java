package io.floodmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.cli.store.Progress;
import io.floodmark.store.postgres.inspect.Finding;
import io.floodmark.store.postgres.inspect.LogVerifier;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store verify`.
@Command(
        name = "verify",
        description = {
            "Checks the whole log: positions without gaps up to the head, events that can be read, ids"
                    + " that are unique, index rows that agree with tags; and decides every append again"
                    + " whose condition was recorded, naming each that should have been refused.",
            "The store may go on working. Memory does not grow with the log."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store verify",
            "  floodmark store verify --json | jq .findings",
            "",
            "Exit codes: 0 nothing wrong, 1 setup or usage, 2 broke off, 3 something is wrong,",
            "            130 interrupted"
        })
final class StoreVerifyCommand implements Callable<Integer> {
    private static final int WRONG = 3;

    @Mixin private StoreShared shared = new StoreShared();

    @Option(names = "--json", description = "Print the result as one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        BooleanSupplier stop = Interruption.requested();
        Progress progress = new Progress("checked", shared::progress, shared.nanos());
        LogVerifier.Report report =
                shared.target()
                        .verify(
                                new LogVerifier.Observer() {
                                    @Override
                                    public void checked(long positions, long head) {
                                        progress.at(positions, positions, OptionalLong.of(head));
                                    }

                                    @Override
                                    public boolean stopped() {
                                        return stop.getAsBoolean();
                                    }
                                });
        shared.out().print(json ? object(report) + "\n" : text(report));
        shared.ok();
        if (report.findingCount() > 0) {
            return WRONG;
        }
        return report.complete() ? 0 : Interruption.INTERRUPTED;
    }

    private static String text(LogVerifier.Report report) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : report.findings()) {
            text.append("✗ ").append(finding.sentence()).append('\n');
        }
        if (report.findingCount() > report.findings().size()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "✗ and %,d more%n",
                            report.findingCount() - report.findings().size()));
        }
        String mark = report.findingCount() > 0 ? "✗" : report.complete() ? "✓" : "…";
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s %,d of %,d events checked, %,d recorded conditions decided again: %s%n",
                        mark,
                        report.events(),
                        report.head(),
                        report.conditions(),
                        report.findingCount() == 0
                                ? "nothing is wrong"
                                : String.format(
                                        Locale.ROOT, "%,d findings", report.findingCount())));
        if (report.recordedBack() > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  note: %,d events were recorded a little earlier than one before them; clocks do that%n",
                            report.recordedBack()));
        }
        return text.toString();
    }

    private static ObjectNode object(LogVerifier.Report report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("head", report.head())
                .put("events", report.events())
                .put("conditions", report.conditions())
                .put("recordedBack", report.recordedBack())
                .put("complete", report.complete())
                .put("findingCount", report.findingCount());
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                    .put("position", finding.position())
                    .put("sentence", finding.sentence());
        }
        return root;
    }
}
