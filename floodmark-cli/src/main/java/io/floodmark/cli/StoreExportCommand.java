package io.floodmark.cli;

import io.floodmark.cli.store.ExportFile;
import io.floodmark.cli.store.Exporter;
import io.floodmark.cli.store.Progress;
import io.floodmark.store.EventStore;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store export`.
@Command(
        name = "export",
        description = {
            "Writes events as lines of JSON (NDJSON), all that are there when it begins.",
            "An export that broke off goes on with --continue after the last complete line of its file."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store export --out log.ndjson",
            "  floodmark store export --out log.ndjson --continue     after a crash, or to add what is new",
            "  floodmark store export --after 100000 | zstd > part.ndjson.zst",
            "",
            "Exit codes: 0 written, 1 setup or usage, 2 broke off, 130 interrupted; then use --continue"
        })
final class StoreExportCommand implements Callable<Integer> {

    @Mixin private StoreShared shared = new StoreShared();
    @Mixin private StoreFilter filter = new StoreFilter();

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Export events after this position (default: 0, the whole log)")
    private long after;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write (default: standard output)")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--continue",
            description = "Go on after the last complete line of the file, which must be an export")
    private boolean goOn;

    private record Job(EventStore store, Exporter exporter, ReadRequest request) {}

    @Override
    public Integer call() throws IOException {
        if (goOn && file.isEmpty()) {
            throw shared.mistake("--continue needs --out FILE");
        }
        ReadRequest request = shared.checked(() -> filter.query().after(Position.of(after)));
        Progress progress = new Progress("exported", shared::progress, shared.nanos());
        try (EventStore store = shared.open()) {
            Exporter exporter =
                    new Exporter(store, StoreShared.TIMEOUT, progress, Interruption.requested());
            Job job = new Job(store, exporter, request);
            Exporter.Result result = file.isPresent() ? toFile(job, file.get()) : toOutput(job);
            return report(result);
        }
    }

    private Exporter.Result toOutput(Job job) throws IOException {
        try (OutputStream out = shared.rawOut()) {
            return job.exporter().run(job.request(), Long.MAX_VALUE, out);
        }
    }

    private Exporter.Result toFile(Job job, Path path) throws IOException {
        try (ExportFile to = ExportFile.open(path)) {
            if (!goOn && !to.isEmpty()) {
                throw shared.mistake(
                        path
                                + " is not empty; --continue goes on after its last line, or name another file");
            }
            Position start = start(job, to);
            return job.exporter().run(job.request().after(start), Long.MAX_VALUE, to.out());
        }
    }

    private Position start(Job job, ExportFile to) throws IOException {
        try {
            return to.resume(job.store(), Position.of(after), StoreShared.TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw shared.mistake(String.valueOf(e.getMessage()));
        }
    }

    private int report(Exporter.Result result) {
        shared.progress(
                String.format(
                        Locale.ROOT,
                        "exported %,d events, up to position %s of %s",
                        result.events(),
                        result.stopped() ? result.last() : result.readUpTo(),
                        result.readUpTo()));
        return result.stopped() ? Interruption.INTERRUPTED : shared.ok();
    }
}
