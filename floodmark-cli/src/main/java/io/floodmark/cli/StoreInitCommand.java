package io.floodmark.cli;

import io.floodmark.store.postgres.schema.StoreLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store init`.
@Command(
        name = "init",
        description =
                "Makes the store's tables, or brings older ones up to date; what is there stays.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store init",
            "  floodmark store init --url postgresql://app@db.example/app --schema shop",
            "  floodmark store init --promote BookID --promote ReaderID",
            "",
            "Exit codes: 0 the tables are there, 1 not possible"
        })
final class StoreInitCommand implements Callable<Integer> {

    @Mixin private StoreShared shared = new StoreShared();

    @Option(
            names = "--segment-size",
            paramLabel = "N",
            description = "Events per segment, for a new store (default: 2000000)")
    private Optional<Long> segmentSize = Optional.empty();

    @Option(
            names = "--promote",
            paramLabel = "KEY",
            description = "Index this payload key like a tag, from now on; may be repeated")
    private List<String> promoted = new ArrayList<>();

    @Override
    public Integer call() {
        StoreLayout layout =
                shared.checked(() -> shared.target().init(segmentSize, new HashSet<>(promoted)));
        shared.out()
                .println(
                        String.format(
                                Locale.ROOT,
                                "ready: layout %d, %,d events per segment, promoted keys: %s",
                                layout.version(),
                                layout.segmentSize(),
                                layout.promoted().keys().isEmpty()
                                        ? "none"
                                        : String.join(", ", layout.promoted().keys())));
        return shared.ok();
    }
}
