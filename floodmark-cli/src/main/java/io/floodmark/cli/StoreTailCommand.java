package io.floodmark.cli;

import io.floodmark.cli.store.EventOutput;
import io.floodmark.cli.store.Tail;
import io.floodmark.store.EventStore;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store tail`.
@Command(
        name = "tail",
        description = {
            "Prints events from a position on, and then each new one as it comes, until Ctrl-C.",
            "With --name, the place is kept in the store: the next tail of that name goes on where this"
                    + " one ended. An event is printed again only if the command was killed in between."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store tail",
            "  floodmark store tail --type BookLent --json",
            "  floodmark store tail --name mails --json | ./send-mails",
            "",
            "Exit codes: 0 --limit reached, 1 setup or usage, 2 the store failed, 130 interrupted"
        })
final class StoreTailCommand implements Callable<Integer> {

    @Mixin private StoreShared shared = new StoreShared();
    @Mixin private StoreFilter filter = new StoreFilter();

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description =
                    "Begin after this position (default: 0, the whole log); with --name only the first time")
    private long after;

    @Option(names = "--name", paramLabel = "NAME", description = "Keep the place under this name")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "End after so many events (default: never)")
    private Optional<Long> limit = Optional.empty();

    @Option(names = "--json", description = "Print each event as one line of JSON, whole")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Query query = shared.checked(filter::query);
        Position start = shared.checked(() -> Position.of(after));
        BooleanSupplier stop = Interruption.requested();
        try (EventStore store = shared.open();
                OutputStream out = shared.rawOut()) {
            Tail tail =
                    new Tail(
                            store,
                            EventOutput.of(json, out),
                            out,
                            limit.orElse(Long.MAX_VALUE),
                            stop);
            out.flush();
            boolean reached =
                    name.isPresent() ? named(tail, query, start) : tail.unnamed(query, start);
            return reached ? shared.ok() : Interruption.INTERRUPTED;
        } catch (IOException e) {
            StoreShared.unlessReaderLeft(e);
            return shared.ok();
        }
    }

    private boolean named(Tail tail, Query query, Position start) throws IOException {
        try {
            return tail.named(name.orElseThrow(), query, start);
        } catch (IllegalArgumentException e) {
            throw shared.mistake(String.valueOf(e.getMessage()));
        }
    }
}
