package io.floodmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.ingest.audit.AuditReport;
import io.floodmark.ingest.audit.Repetition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The report of an audit, for people and for programs.
final class AuditOutput {
    private static final JsonMapper JSON = new JsonMapper();

    private AuditOutput() {}

    static String json(AuditReport report) {
        ObjectNode all = JSON.createObjectNode();
        all.put("acknowledged", report.acked().ids());
        all.put("outside_of_range", report.acked().outside());
        all.put("torn_files", report.acked().torn());
        all.put("found", report.found());
        all.put("missing", report.missingCount());
        ObjectNode levels = all.putObject("missing_by_level");
        report.missing().forEach(levels::put);
        report.firstMissing().forEach(all.putArray("first_missing")::add);
        all.put("duplicated", report.duplicated());
        all.put("duplicates_are", report.repetition().label());
        report.firstDuplicated().forEach(all.putArray("first_duplicated")::add);
        all.put("not_acknowledged", report.notAcknowledged());
        report.remarks().forEach(all.putArray("remarks")::add);
        all.put("clean", report.clean());
        return all.toString();
    }

    static String text(AuditReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(count("acknowledged", report.acked().ids()));
        if (report.acked().outside() > 0) {
            lines.add(count("outside of range", report.acked().outside()) + ", not looked for");
        }
        if (report.acked().torn() > 0) {
            lines.add(
                    count("torn", report.acked().torn())
                            + ": a file ends within a line, which is passed over; its writer was killed");
        }
        lines.add(count("found", report.found()));
        lines.add(count("missing", report.missingCount()));
        report.missing()
                .forEach((level, count) ->
                        lines.add("  acknowledged as %s: %,d".formatted(level, count)));
        report.firstMissing().forEach(id -> lines.add("  " + id));
        lines.add(count("stored twice", report.duplicated()) + byDesign(report));
        report.firstDuplicated().forEach(id -> lines.add("  " + id));
        lines.add(count("not acknowledged", report.notAcknowledged()));
        lines.addAll(report.remarks());
        return String.join("\n", lines);
    }

    private static String byDesign(AuditReport report) {
        boolean told = report.duplicated() > 0 && report.repetition() == Repetition.BY_DESIGN;
        return told ? ", no fault: readers of this sink tell repetitions by event_id" : "";
    }

    private static String count(String what, long count) {
        return String.format(Locale.ROOT, "%-16s  %,d", what, count);
    }
}
