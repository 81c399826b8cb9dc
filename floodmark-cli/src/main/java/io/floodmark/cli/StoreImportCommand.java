package io.floodmark.cli;

import io.floodmark.cli.store.BadLine;
import io.floodmark.cli.store.Importer;
import io.floodmark.cli.store.LineCheck;
import io.floodmark.cli.store.Lines;
import io.floodmark.cli.store.Progress;
import io.floodmark.store.EventStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `floodmark store import`.
@Command(
        name = "import",
        description = {
            "Appends events from lines of JSON, as export writes them, in their order.",
            "Events whose id is in the store already are left as they are: an import that broke off is"
                    + " continued by starting it again. Ids, occurredAt, payloads and metadata stay as they"
                    + " are; into an empty store, positions too; recordedAt becomes the time of the import.",
            "A file is checked as a whole first; if a line is bad, nothing is imported."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store import log.ndjson",
            "  floodmark store import --check log.ndjson       only look for bad lines",
            "  zstd -dc part.ndjson.zst | floodmark store import -",
            "",
            "Exit codes: 0 all imported, 1 setup, usage or bad lines, 2 broke off, 130 interrupted"
        })
final class StoreImportCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 1;

    @Mixin private StoreShared shared = new StoreShared();

    @Parameters(paramLabel = "FILE", description = "File to import; - is standard input")
    private Path file = Path.of("-");

    @Option(names = "--check", description = "Look for bad lines and import nothing")
    private boolean checkOnly;

    @Override
    public Integer call() throws IOException {
        boolean stream = file.toString().equals("-");
        if (checkOnly || !stream) {
            int checked = stream ? check(System.in) : checkFile();
            if (checkOnly || checked != 0) {
                return checked;
            }
        }
        try (EventStore store = shared.open()) {
            if (stream) {
                return load(store, System.in, OptionalLong.empty());
            }
            try (InputStream in = Files.newInputStream(file)) {
                return load(store, in, OptionalLong.of(Files.size(file)));
            }
        }
    }

    private int checkFile() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return check(in);
        }
    }

    private int check(InputStream in) throws IOException {
        LineCheck result = LineCheck.of(new Lines(in));
        for (BadLine bad : result.bad()) {
            shared.progress("floodmark: " + bad.getMessage());
        }
        if (result.badCount() > 0) {
            shared.progress(
                    String.format(
                            Locale.ROOT,
                            "floodmark: %,d bad lines, %,d good ones; nothing was imported",
                            result.badCount(),
                            result.events()));
            return BAD_INPUT;
        }
        shared.progress(String.format(Locale.ROOT, "checked %,d events", result.events()));
        return 0;
    }

    private int load(EventStore store, InputStream in, OptionalLong bytes) throws IOException {
        Progress progress = new Progress("imported", shared::progress, shared.nanos());
        Importer importer =
                new Importer(store, StoreShared.TIMEOUT, progress, Interruption.requested());
        Importer.Result result = importer.run(new Lines(in), bytes);
        shared.progress(
                String.format(
                        Locale.ROOT,
                        "imported %,d events; %,d were there already; %s",
                        result.stored(),
                        result.present(),
                        result.moved() == 0
                                ? "positions are as in the lines"
                                : String.format(
                                        Locale.ROOT,
                                        "%,d have another position than in the lines",
                                        result.moved())));
        if (result.bad().isPresent()) {
            shared.progress(
                    "floodmark: %s; all before it is imported: correct it and start again"
                            .formatted(result.bad().get().getMessage()));
            return BAD_INPUT;
        }
        return result.stopped() ? Interruption.INTERRUPTED : shared.ok();
    }
}
