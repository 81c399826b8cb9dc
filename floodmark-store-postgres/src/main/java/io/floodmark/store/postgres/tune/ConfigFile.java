package io.floodmark.store.postgres.tune;

import java.util.List;
import java.util.Locale;

/// Recommendations as a file for `include` in `postgresql.conf`.
public final class ConfigFile {

    private static final int WIDTH = 96;

    private ConfigFile() {}

    /// The whole file; equal facts give equal text.
    ///
    /// @param command the command that prints it, for its first lines
    public static String of(TuningFacts facts, String command) {
        StringBuilder text = new StringBuilder();
        comment(
                text,
                String.format(
                        Locale.ROOT,
                        "PostgreSQL %d for an append-only event store: %s with %s of memory and %d"
                                + " cores.",
                        facts.majorVersion(),
                        facts.role().name().toLowerCase(Locale.ROOT),
                        SettingValue.memory(facts.memoryBytes()),
                        facts.cores()));
        comment(text, "Printed by: " + command);
        comment(text, "Include it at the end of postgresql.conf: include = '/path/to/this/file'");
        List<Recommendation> all = TuningRules.recommend(facts);
        for (Topic topic : Topic.values()) {
            List<Recommendation> active =
                    all.stream().filter(it -> it.topic() == topic && it.active()).toList();
            if (!active.isEmpty()) {
                heading(text, topic.title());
                active.forEach(it -> line(text, it));
            }
        }
        List<Recommendation> later = all.stream().filter(it -> !it.active()).toList();
        if (!later.isEmpty()) {
            heading(text, "Without effect on a replica until it is promoted");
            later.forEach(it -> line(text, it));
        }
        return text.toString();
    }

    private static void heading(StringBuilder text, String title) {
        text.append('\n').append("# --- ").append(title).append('\n');
    }

    private static void line(StringBuilder text, Recommendation it) {
        text.append('\n');
        String restart = it.activation() == Activation.RESTART ? " (needs a restart)" : "";
        comment(text, it.why() + restart);
        text.append(it.setting()).append(" = '").append(it.target().value()).append("'\n");
    }

    private static void comment(StringBuilder text, String sentence) {
        StringBuilder line = new StringBuilder("#");
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
