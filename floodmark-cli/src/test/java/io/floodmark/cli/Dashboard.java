package io.floodmark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The queries of a Grafana dashboard, and what each of them needs to find.
///
/// @param queries of all panels
record Dashboard(List<String> queries) {
    private static final Pattern SELECTOR = Pattern.compile("([a-z][a-z0-9_]*)\\{([^}]*)\\}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!=|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

    /// What a series must be called and have.
    ///
    /// @param metric its name
    /// @param labels its labels, with `*` for any value
    record Need(String metric, List<String> labels) {}

    static Dashboard read(Path file) throws IOException {
        JsonNode json = new JsonMapper().readTree(Files.readString(file));
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : json.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(target.get("expr").asText());
            }
        }
        return new Dashboard(queries);
    }

    /// What the query needs.
    static List<Need> needs(String query) {
        List<Need> needs = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(query);
        while (selector.find()) {
            List<String> labels = labels(selector.group(2));
            labels.addAll(groups(query));
            needs.add(new Need(selector.group(1), labels));
        }
        return needs;
    }

    private static List<String> labels(String matchers) {
        List<String> labels = new ArrayList<>();
        Matcher matcher = MATCHER.matcher(matchers);
        while (matcher.find()) {
            // Prometheus adds the instance itself.
            if (!matcher.group(1).equals("instance")) {
                String value = matcher.group(2).equals("=") ? matcher.group(3) : "*";
                labels.add(matcher.group(1) + "=" + value);
            }
        }
        return labels;
    }

    private static List<String> groups(String query) {
        List<String> labels = new ArrayList<>();
        Matcher by = BY.matcher(query);
        while (by.find()) {
            for (String label : by.group(1).split(",", -1)) {
                if (!label.equals("instance")) {
                    labels.add(label + "=*");
                }
            }
        }
        return labels;
    }

    /// Whether the metrics hold a series that the need finds.
    static boolean met(Need need, String metrics) {
        return metrics.lines().anyMatch(line -> isNamed(line, need) && hasAll(line, need));
    }

    private static boolean isNamed(String line, Need need) {
        return line.startsWith(need.metric() + "{") || line.startsWith(need.metric() + " ");
    }

    private static boolean hasAll(String line, Need need) {
        for (String label : need.labels()) {
            String start = label.substring(0, label.indexOf('=')) + "=\"";
            String value = label.substring(label.indexOf('=') + 1);
            String wanted = value.equals("*") ? start : start + value + "\"";
            if (!line.contains("{" + wanted) && !line.contains("," + wanted)) {
                return false;
            }
        }
        return true;
    }
}
