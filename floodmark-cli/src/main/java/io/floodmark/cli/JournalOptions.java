package io.floodmark.cli;

import io.floodmark.ingest.Sink;
import io.floodmark.ingest.journal.Journal;
import io.floodmark.ingest.journal.JournalSettings;
import io.floodmark.ingest.journal.JournalUse;
import io.floodmark.ingest.journal.JournaledSink;
import io.floodmark.load.time.SystemTime;
import io.floodmark.store.TimeAndChance;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of the journal on disk.
final class JournalOptions {
    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description =
                    "Keep events on this disk while the sink is away; answers then say 202 and disk")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--journal-limit",
            paramLabel = "MIB",
            defaultValue = "1024",
            description = "Largest journal; beyond it 503 (default: ${DEFAULT-VALUE})")
    private int limitMib = 1_024;

    boolean used() {
        return folder.isPresent();
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    void check(JournalUse use) {
        if (use == JournalUse.ALWAYS && folder.isEmpty()) {
            throw new IllegalArgumentException("--ack disk needs --journal DIR");
        }
        folder.ifPresent(this::settings);
    }

    /// Puts the journal in front of the sink, if there is to be one.
    Optional<JournaledSink> before(Sink sink, JournalUse use) {
        return folder.map(where ->
                JournaledSink.start(
                        sink,
                        Journal.open(settings(where), TimeAndChance.system().clock()),
                        use,
                        SystemTime.INSTANCE::nanos));
    }

    private JournalSettings settings(Path where) {
        return JournalSettings.of(where, (long) limitMib << 20);
    }
}
