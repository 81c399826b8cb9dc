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
        long events = statistics.segments().stream().mapToLong(it -> it.eventBytes()).sum();
        long index = statistics.segments().stream().mapToLong(it -> it.indexBytes()).sum();
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        """
                        events       %,d
                        on disk      %,d MiB, of which %,d MiB for the tag index
                        conditions   %,d recorded
                        snapshots    %,d
                        promoted     %s
                        """,
                        statistics.head(),
                        (events + index) / MEBIBYTE,
                        index / MEBIBYTE,
                        statistics.conditions(),
                        statistics.snapshots(),
                        String.join(" ", statistics.layout().promoted().keys())));
        text.append("\n      segment to        events     tag index\n");
        statistics.segments().forEach(it -> text.append(line(it)));
        text.append("\n     events  type\n");
        statistics.types().forEach(it -> text.append(line(it)));
        text.append("\n   position      behind  subscription\n");
        statistics.checkpoints().forEach(it -> text.append(line(it, statistics.head())));
        return text.toString();
    }

    private static String line(StoreStatistics.Segment segment) {
        return String.format(
                Locale.ROOT,
                "%,16d  %,8d MiB  %,8d MiB%n",
                segment.last(),
                segment.eventBytes() / MEBIBYTE,
                segment.indexBytes() / MEBIBYTE);
    }

    private static String line(StoreStatistics.TypeCount type) {
        return String.format(Locale.ROOT, "%,11d  %s%n", type.events(), type.type());
    }

    private static String line(StoreStatistics.Checkpoint it, long head) {
        return String.format(
                Locale.ROOT, "%,11d %,11d  %s%n", it.position(), head - it.position(), it.name());
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
