package io.floodmark.cli;

import io.floodmark.cli.store.EventOutput;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.ReadRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store read`.
@Command(
        name = "read",
        description = "Prints events in the order of the log.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store read --limit 20",
            "  floodmark store read --tag book=42 --type BookLent --type BookReturned",
            "  floodmark store read --payload-any BookID=42 --payload-any BookID=43",
            "  floodmark store read --from 2026-05-04T00:00:00Z --until 2026-05-04T23:59:59Z --json",
            "  floodmark store read --after 1000 --json | jq .payload",
            "",
            "Exit codes: 0 read, 1 setup or usage, 2 the read broke off"
        })
final class StoreReadCommand implements Callable<Integer> {

    @Mixin private StoreShared shared = new StoreShared();
    @Mixin private StoreFilter filter = new StoreFilter();
    @Mixin private StoreBounds bounds = new StoreBounds();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most events to print (default: ${DEFAULT-VALUE}); 0 means all")
    private long limit = 1000;

    @Option(names = "--json", description = "Print each event as one line of JSON, whole")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ReadRequest request = shared.checked(() -> bounds.request(filter.query()));
        long most = limit == 0 ? Long.MAX_VALUE : limit;
        if (most < 0) {
            throw shared.mistake("--limit must be 0 or more, was " + limit);
        }
        try (EventStore store = shared.open();
                EventStream events = store.read(request, StoreShared.TIMEOUT);
                OutputStream out = shared.rawOut()) {
            EventOutput output = EventOutput.of(json, out);
            for (long count = 0; count < most && events.hasNext(); count++) {
                output.write(events.next());
            }
            out.flush();
            if (events.hasNext()) {
                shared.progress("there are more events; raise --limit (now %d)".formatted(limit));
            }
        } catch (IOException e) {
            StoreShared.unlessReaderLeft(e);
        }
        return shared.ok();
    }
}
