package io.floodmark.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir private Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    private static String line(String id, String level) {
        return "{\"event_id\":\"%s\",\"level\":\"%s\"}".formatted(id, level);
    }

    private static AuditReport audit(int listed, List<String> stored, Path... files)
            throws IOException {
        return new Audit(listed, AuditRange.all())
                .run(
                        new AckedIds(List.of(files)),
                        taker -> {
                            for (String id : stored) {
                                taker.id(id, NOON);
                            }
                        });
    }

    @Test
    void each_id_is_counted_where_it_belongs() throws Exception {
        Path first = file("a", line("x", "postgres"), "", line("y", "memory"), line("x", "disk"));
        Path second =
                file("b", "{\"time\":{\"a\":[1]},\"event_id\":\"z\"}", line("ü\\u0000", "kafka"));

        AuditReport report = audit(10, List.of("x", "other", "ü\0", "other", "x"), first, second);

        assertThat(report.acked()).isEqualTo(new AuditReport.Acked(4, 0, 0));
        assertThat(report.found()).isEqualTo(2);
        assertThat(report.missing()).isEqualTo(new TreeMap<>(Map.of("memory", 1L, "unknown", 1L)));
        assertThat(report.missingCount()).isEqualTo(2);
        assertThat(report.firstMissing()).containsExactlyInAnyOrder("y", "z");
        assertThat(report.duplicated()).isEqualTo(2);
        assertThat(report.firstDuplicated()).containsExactlyInAnyOrder("x", "other");
        assertThat(report.notAcknowledged()).isEqualTo(1);
        assertThat(report.clean()).isFalse();
    }

    @Test
    void it_is_clean_when_everything_acknowledged_is_there_once_whatever_else_is()
            throws Exception {
        assertThat(audit(1, List.of("a", "b"), file("a", line("a", "postgres"))).clean()).isTrue();
        assertThat(audit(1, List.of("a", "a"), file("b", line("a", "postgres"))).clean()).isFalse();
        assertThat(audit(1, List.of(), file("c", line("a", "postgres"))).clean()).isFalse();
    }

    @Test
    void many_ids_are_compared_and_few_are_named() throws Exception {
        List<String> lines = new ArrayList<>();
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(line("id-" + i, "postgres"));
            if (i % 100 != 0) {
                stored.add("id-" + i);
            }
        }

        AuditReport report = audit(3, stored, file("a", lines.toArray(String[]::new)));

        assertThat(report.found()).isEqualTo(19_800);
        assertThat(report.missingCount()).isEqualTo(200);
        assertThat(report.firstMissing())
                .hasSize(3)
                .allMatch(id -> id.endsWith("00") || id.equals("id-0"));
    }

    @Test
    void a_line_that_holds_no_id_is_named() throws Exception {
        for (String bad :
                List.of("a-1", "{\"id\":\"a\"}", "[]", "{\"event_id\":\n", "{\"event_id\":\"\"}")) {
            Path file = file("bad", line("a", "postgres"), bad);

            assertThatThrownBy(() -> audit(1, List.of("a"), file))
                    .as(bad)
                    .isInstanceOf(BadAckedFile.class)
                    .hasMessageContaining("line 2");
        }
    }

    @Test
    void a_last_line_that_was_torn_is_passed_over_at_whatever_byte_and_told() throws Exception {
        String last = "{\"event_id\":\"é\"}";
        byte[] whole = (line("a", "postgres") + "\n" + last).getBytes(StandardCharsets.UTF_8);
        int beginning = line("a", "postgres").length() + 1;
        for (int end = beginning; end <= whole.length; end++) {
            Path file = Files.write(folder.resolve("torn"), Arrays.copyOf(whole, end));

            AuditReport report = audit(1, List.of("a", "é"), file);

            boolean untorn = end == beginning || end == whole.length;
            assertThat(report.acked().torn()).as("cut at byte %d", end).isEqualTo(untorn ? 0 : 1);
            assertThat(report.acked().ids()).isEqualTo(end == whole.length ? 2 : 1);
            assertThat(report.clean()).isTrue();
        }
    }

    @Test
    void a_range_takes_acknowledgements_by_their_time_and_arrivals_from_before_it()
            throws Exception {
        Path file =
                file(
                        "a",
                        "{\"event_id\":\"early\",\"time\":\"2026-11-21T11:59:59.999Z\"}",
                        "{\"event_id\":\"in\",\"time\":\"2026-11-21T13:00:00+01:00\"}",
                        "{\"event_id\":\"late\",\"time\":\"2026-11-21T12:00:01Z\"}",
                        "{\"event_id\":\"timeless\"}");
        AuditRange range = new AuditRange(NOON, NOON.plusSeconds(1));

        AuditReport report =
                new Audit(10, range)
                        .run(
                                new AckedIds(List.of(file)),
                                taker -> {
                                    taker.id("in", NOON.minusMillis(5));
                                    taker.id("timeless", NOON.plusSeconds(7));
                                    taker.id("late", NOON);
                                    taker.id("other", NOON);
                                    taker.id("another", NOON.minusMillis(1));
                                });

        assertThat(report.acked()).isEqualTo(new AuditReport.Acked(2, 2, 0));
        assertThat(report.found()).isEqualTo(2);
        assertThat(report.notAcknowledged()).isEqualTo(1);
        assertThat(range.earliestArrival()).isEqualTo(NOON.minus(AuditRange.SLACK));
    }

    @Test
    void what_is_there_twice_is_no_fault_where_the_sink_does_not_know_repetitions()
            throws Exception {
        StoredIds twice =
                new StoredIds() {
                    @Override
                    public void read(Taker taker) throws IOException {
                        taker.id("a", NOON);
                        taker.id("a", NOON);
                    }

                    @Override
                    public Repetition repetition() {
                        return Repetition.BY_DESIGN;
                    }
                };

        AuditReport report =
                new Audit(10, AuditRange.all())
                        .run(new AckedIds(List.of(file("a", line("a", "kafka")))), twice);

        assertThat(report.duplicated()).isEqualTo(1);
        assertThat(report.clean()).isTrue();
    }

    @Test
    void nothing_is_left_behind_even_when_the_sink_cannot_be_read() throws Exception {
        Path file = file("a", line("a", "postgres"));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = audits(temporary);

        assertThatThrownBy(() ->
                        new Audit(1, AuditRange.all())
                                .run(
                                        new AckedIds(List.of(file)),
                                        _ -> {
                                            throw new IOException("away");
                                        }))
                .hasMessage("away");
        assertThat(before).containsAll(audits(temporary));
    }

    private static List<Path> audits(Path temporary) throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(f -> f.getFileName().toString().startsWith("floodmark-audit"))
                    .toList();
        }
    }
}
