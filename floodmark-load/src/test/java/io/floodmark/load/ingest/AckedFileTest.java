package io.floodmark.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.ingest.EventLedger.Note;
import io.floodmark.load.time.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AckedFileTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");

    @TempDir private Path folder;

    private final EventNames names = EventNames.of("run", NOON.toEpochMilli());
    private final EventLedger ledger = new EventLedger();

    private AckedFile open(Path path) throws IOException {
        return AckedFile.open(path, names, ledger, SystemTime.INSTANCE);
    }

    private void noted(Lane lane, long first, List<Note> notes) {
        ledger.sent(lane, first, notes.size());
        ledger.answered(lane, first, notes);
    }

    private String line(Lane lane, long number, String rest) {
        return "{\"event_id\":\"%s\",\"level\":\"%s\"}".formatted(names.id(lane, number), rest);
    }

    private static List<String> awaitLines(Path path, int count) throws Exception {
        long end = SystemTime.INSTANCE.nanos() + Duration.ofSeconds(20).toNanos();
        List<String> lines = Files.readAllLines(path);
        while (lines.size() < count && SystemTime.INSTANCE.nanos() < end) {
            SystemTime.INSTANCE.parkUntil(SystemTime.INSTANCE.nanos() + 5_000_000);
            lines = Files.readAllLines(path);
        }
        return lines;
    }

    @Test
    void acknowledged_ids_are_in_the_file_while_the_run_goes_on_and_no_others() throws Exception {
        Path path = folder.resolve("new/acked.ndjson");
        List<Note> notes = List.of(Note.ACKNOWLEDGED, Note.REJECTED, Note.DUPLICATE, Note.UNKNOWN);
        try (AckedFile file = open(path)) {
            noted(Lane.MANY, 40, notes);
            file.answered(Lane.MANY, 40, new Receipt("postgres", notes), NOON);

            String rest = "postgres\",\"time\":\"2026-11-21T12:00:00.250Z";
            assertThat(awaitLines(path, 2))
                    .containsExactly(line(Lane.MANY, 40, rest), line(Lane.MANY, 42, rest));
            assertThat(file.finish("postgres")).isEmpty();
            assertThat(Files.readAllLines(path)).hasSize(2);
        }
    }

    @Test
    void what_came_faster_than_it_could_be_written_is_added_at_the_end_without_its_time()
            throws Exception {
        Path path = folder.resolve("acked.ndjson");
        int most = (int) AckedFile.WAITING_MAX;
        List<Note> tooMany = Collections.nCopies(most + 1, Note.ACKNOWLEDGED);
        try (AckedFile file = open(path)) {
            noted(Lane.SINGLE, 7, List.of(Note.ACKNOWLEDGED));
            file.answered(Lane.SINGLE, 7, new Receipt("kafka", List.of(Note.ACKNOWLEDGED)), NOON);
            noted(Lane.MANY, 0, List.of(Note.ACKNOWLEDGED, Note.NOT_TAKEN));
            file.answered(Lane.MANY, 0, new Receipt("kafka", tooMany), NOON);

            Optional<String> said = file.finish("kafka");

            assertThat(said).get().asString().contains("1 ids were added", "0 are not in it");
        }
        assertThat(Files.readAllLines(path))
                .containsExactly(
                        line(Lane.SINGLE, 7, "kafka\",\"time\":\"2026-11-21T12:00:00.250Z"),
                        line(Lane.MANY, 0, "kafka"));
    }

    @Test
    void a_file_that_cannot_be_made_is_said_before_the_run_and_one_that_breaks_after_it()
            throws Exception {
        Path occupied = Files.createDirectory(folder.resolve("folder"));
        assertThatThrownBy(() -> open(occupied)).isInstanceOf(IOException.class);

        Path full = Path.of("/dev/full");
        if (Files.exists(full)) {
            try (AckedFile file = open(full)) {
                noted(Lane.SINGLE, 0, List.of(Note.ACKNOWLEDGED));
                assertThat(file.finish("postgres")).get().asString().contains("/dev/full lacks");
            }
        }
    }
}
