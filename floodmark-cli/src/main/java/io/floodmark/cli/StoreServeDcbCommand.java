package io.floodmark.cli;

import io.floodmark.load.time.SystemTime;
import io.floodmark.store.EventStore;
import io.floodmark.store.http.DcbLimits;
import io.floodmark.store.http.DcbServer;
import io.floodmark.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store serve-dcb`.
@Command(
        name = "serve-dcb",
        description = {
            "Serves the store over the two HTTP calls that the consistency suite of dcb.events makes,"
                    + " until Ctrl-C: GET /read and POST /append.",
            "There is no authentication: it listens on loopback unless --listen says otherwise."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store serve-dcb",
            "  k6 run dcb-consistency.ts -e BASE_URI=http://127.0.0.1:3000",
            "  floodmark store serve-dcb --in-memory --listen-port 0",
            "",
            "Exit codes: 1 setup or usage, 130 ended by Ctrl-C or SIGTERM"
        })
final class StoreServeDcbCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(200);

    /// Held, because loggers that nobody holds lose their settings.
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

    @Mixin private StoreShared shared = new StoreShared();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE})")
    private String address = "127.0.0.1";

    @Option(
            names = "--listen-port",
            paramLabel = "PORT",
            defaultValue = "3000",
            description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE})")
    private int port = 3000;

    @Option(names = "--in-memory", description = "Serve a new store in memory, gone at the end")
    private boolean inMemory;

    @Override
    public Integer call() {
        SERVER_LOG.setLevel(Level.WARNING);
        BooleanSupplier stop = Interruption.requested();
        try (EventStore store = inMemory ? new InMemoryEventStore() : shared.open();
                DcbServer server =
                        DcbServer.start(
                                store, address, port, DcbLimits.defaults(), shared.nanos())) {
            shared.progress("serving on http://%s:%d".formatted(address, server.port()));
            while (!stop.getAsBoolean()) {
                SystemTime.INSTANCE.parkUntil(SystemTime.INSTANCE.nanos() + LOOK.toNanos());
            }
            shared.progress("stopping");
            return Interruption.INTERRUPTED;
        }
    }
}
