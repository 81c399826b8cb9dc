package io.floodmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.load.preflight.PreflightReport;
import java.util.Locale;

/// A preflight's findings as JSON: `{"target", "verdict", "checks": [{"name", "outcome",
/// "sentence", "what_next"}]}`.
final class PreflightJson {

    private PreflightJson() {}

    static ObjectNode of(PreflightReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("target", report.target());
        root.put("verdict", report.refused() ? "refused" : "safe");
        ArrayNode checks = root.putArray("checks");
        report.checks()
                .forEach(check ->
                        checks.addObject()
                                .put("name", check.name())
                                .put("outcome", check.outcome().name().toLowerCase(Locale.ROOT))
                                .put("sentence", check.sentence())
                                .put("what_next", check.whatNext()));
        return root;
    }
}
