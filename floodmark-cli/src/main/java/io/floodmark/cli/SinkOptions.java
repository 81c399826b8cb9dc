package io.floodmark.cli;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Refuses options of `floodmark ingest` that belong to another sink than the one that is asked
/// for: they would have no effect, and whoever gave them meant something.
final class SinkOptions {
    /// Options by the name of the mixin that declares them, and what they say something about.
    private static final Map<String, SinkKind> MIXINS =
            Map.of(
                    "database", SinkKind.POSTGRES,
                    "kafka", SinkKind.KAFKA,
                    "clickHouse", SinkKind.CLICKHOUSE);

    private SinkOptions() {}

    /// Checks the options that were given.
    ///
    /// @param fed whether events go on from Kafka into ClickHouse
    /// @throws IllegalArgumentException with a sentence for the user
    static void check(CommandSpec spec, SinkKind sink, boolean fed) {
        Set<String> given = new TreeSet<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            given.add(option.longestName());
        }
        for (String option : given) {
            owner(spec, option)
                    .filter(owner -> !fits(option, owner, sink, fed))
                    .ifPresent(owner -> {
                        throw new IllegalArgumentException(sentence(option, owner, sink));
                    });
        }
    }

    private static Optional<SinkKind> owner(CommandSpec spec, String option) {
        if (option.equals("--schema") || option.equals("--dedup-days")) {
            return Optional.of(SinkKind.POSTGRES);
        }
        return MIXINS.entrySet().stream()
                .filter(mixin -> declares(spec.mixins().get(mixin.getKey()), option))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean declares(@Nullable CommandSpec mixin, String option) {
        return mixin != null && mixin.optionsMap().containsKey(option);
    }

    private static boolean fits(String option, SinkKind owner, SinkKind sink, boolean fed) {
        return switch (option) {
            // Its own options say what it needs.
            case "--clickhouse" -> true;
            case "--clickhouse-group" -> fed;
            case "--local" -> sink != SinkKind.POSTGRES;
            default -> owner == sink || (owner == SinkKind.CLICKHOUSE && fed);
        };
    }

    private static String sentence(String option, SinkKind owner, SinkKind sink) {
        if (option.equals("--local")) {
            return "--local belongs to --sink kafka or clickhouse; --sink postgres starts the server of floodmark"
                    + " local by itself when neither --url nor DB_HOST names one";
        }
        boolean feed = option.equals("--clickhouse-group");
        if (feed || (owner == SinkKind.CLICKHOUSE && sink == SinkKind.KAFKA)) {
            return "%s belongs to --sink kafka with --clickhouse".formatted(option);
        }
        return "%s belongs to --sink %s, events go to %s"
                .formatted(option, owner, sink)
                .concat(instead(option, sink).map(other -> "; " + other).orElse(""));
    }

    /// What whoever gave the option may have meant.
    private static Optional<String> instead(String option, SinkKind sink) {
        return Optional.ofNullable(
                switch (option) {
                    case "--port" -> "the service's own port is --listen-port";
                    case "--host" -> "the service's own address is --listen";
                    case "--url", "--bootstrap", "--clickhouse-url" ->
                            switch (sink) {
                                case POSTGRES -> "name its server with --url";
                                case KAFKA -> "name its brokers with --bootstrap";
                                case CLICKHOUSE -> "name its address with --clickhouse-url";
                            };
                    case "--user" -> sink == SinkKind.CLICKHOUSE ? "use --clickhouse-user" : null;
                    case "--database", "--schema" ->
                            sink == SinkKind.CLICKHOUSE ? "use --clickhouse-database" : null;
                    case "--kafka-batch" -> "how large batches grow says --batch-rows";
                    case "--linger" -> "how long batches are gathered says --batch-age";
                    default -> null;
                });
    }
}
