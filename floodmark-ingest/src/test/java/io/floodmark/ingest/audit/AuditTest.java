package io.floodmark.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditTest {
    @TempDir private Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    private static String line(String id, String level) {
        return "{\"event_id\":\"%s\",\"level\":\"%s\"}".formatted(id, level);
    }

    private static AuditReport audit(int listed, List<String> stored, Path... files)
            throws IOException {
        return new Audit(listed)
                .run(
                        new AckedIds(List.of(files)),
                        taker -> {
                            for (String id : stored) {
                                taker.id(id);
                            }
                        });
    }

    @Test
    void each_id_is_counted_where_it_belongs() throws Exception {
        Path first = file("a", line("x", "postgres"), "", line("y", "memory"), line("x", "disk"));
        Path second =
                file("b", "{\"time\":{\"a\":[1]},\"event_id\":\"z\"}", line("ü\\u0000", "kafka"));

        AuditReport report = audit(10, List.of("x", "other", "ü\0", "other", "x"), first, second);

        assertThat(report.acknowledged()).isEqualTo(4);
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
                List.of("a-1", "{\"id\":\"a\"}", "[]", "{\"event_id\":", "{\"event_id\":\"\"}")) {
            Path file = file("bad", line("a", "postgres"), bad);

            assertThatThrownBy(() -> audit(1, List.of("a"), file))
                    .as(bad)
                    .isInstanceOf(BadAckedFile.class)
                    .hasMessageContaining("line 2");
        }
    }

    @Test
    void nothing_is_left_behind_even_when_the_sink_cannot_be_read() throws Exception {
        Path file = file("a", line("a", "postgres"));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = audits(temporary);

        assertThatThrownBy(() ->
                        new Audit(1)
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
