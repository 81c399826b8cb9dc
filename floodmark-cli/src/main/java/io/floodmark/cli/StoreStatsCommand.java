package io.floodmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.store.postgres.inspect.StoreStatistics;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store stats`.
@Command(
        name = "stats",
        description =
                "Prints what there is: events by type, segments with their sizes, and subscriptions.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store stats",
            "  floodmark store stats --json | jq .head",
            "",
            "Exit codes: 0 printed, 1 setup or usage"
        })
final class StoreStatsCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1 << 20;

    @Mixin private StoreShared shared = new StoreShared();

    @Option(
            names = "--types",
            paramLabel = "N",
            defaultValue = "20",
            description = "Count the N most frequent types (default: ${DEFAULT-VALUE})")
    private int types = 20;

    @Option(names = "--json", description = "Print one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        if (types < 0 || types > 10_000) {
            throw shared.mistake("--types must be 0 to 10000, was " + types);
        }
        StoreStatistics statistics = shared.target().statistics(types);
        shared.out().print(json ? object(statistics) + "\n" : text(statistics));
        return shared.ok();
    }

    private static String text(StoreStatistics statistics) {
        StringBuilder text = new StringBuilder();
        long events = statistics.segments().stream().mapToLong(it -> it.eventBytes()).sum();
        long index = statistics.segments().stream().mapToLong(it -> it.indexBytes()).sum();
        line(text, "events       %,d (head %d)", statistics.head(), statistics.head());
        line(text, "on disk      %,d MiB", (events + index) / MEBIBYTE);
        line(text, "conditions   %,d recorded", statistics.conditions());
        line(text, "snapshots    %,d", statistics.snapshots());
        line(text, "promoted     %s", String.join(" ", statistics.layout().promoted().keys()));
        line(text, "%nsegment                    events   tag index");
        statistics
                .segments()
                .forEach(segment ->
                        line(
                                text,
                                "%,d to %,d  %,d MiB  %,d MiB",
                                segment.first(),
                                segment.last(),
                                segment.eventBytes() / MEBIBYTE,
                                segment.indexBytes() / MEBIBYTE));
        line(text, "%n     events  type");
        statistics.types().forEach(type -> line(text, "%,11d  %s", type.events(), type.type()));
        line(text, "%n   position     behind  subscription");
        statistics
                .checkpoints()
                .forEach(it ->
                        line(
                                text,
                                "%,11d %,10d  %s",
                                it.position(),
                                statistics.head() - it.position(),
                                it.name()));
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private static ObjectNode object(StoreStatistics statistics) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("head", statistics.head())
                .put("layout", statistics.layout().version())
                .put("segmentSize", statistics.layout().segmentSize())
                .put("conditions", statistics.conditions())
                .put("snapshots", statistics.snapshots());
        ArrayNode promoted = root.putArray("promotedKeys");
        statistics.layout().promoted().keys().forEach(promoted::add);
        ArrayNode segments = root.putArray("segments");
        statistics
                .segments()
                .forEach(it ->
                        segments.addObject()
                                .put("first", it.first())
                                .put("last", it.last())
                                .put("eventBytes", it.eventBytes())
                                .put("tagIndexBytes", it.indexBytes()));
        ArrayNode types = root.putArray("types");
        statistics
                .types()
                .forEach(it -> types.addObject().put("type", it.type()).put("events", it.events()));
        ArrayNode checkpoints = root.putArray("subscriptions");
        statistics
                .checkpoints()
                .forEach(it ->
                        checkpoints
                                .addObject()
                                .put("name", it.name())
                                .put("partitions", it.partitions())
                                .put("position", it.position())
                                .put("behind", statistics.head() - it.position()));
        return root;
    }
}
