package io.floodmark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IngestPostgresTest {
    private static final int TARGET_MISSED = 3;

    @Test
    void miniature_run_stores_every_event_and_has_a_valid_line() throws Exception {
        CommandRun run =
                CommandRun.of(new IngestPostgres(), "--json", "--runs", "1", "--seconds", "0.3");

        assertThat(run.exitCode()).as(run.err()).isIn(0, TARGET_MISSED);
        JsonNode result = run.results().getFirst();
        assertThat(result.get("name").asText()).isEqualTo("ingest-postgres.batch-8000");
        assertThat(result.get("valid").asBoolean()).isTrue();
        assertThat(result.get("ratio").asDouble()).isPositive();
        assertThat(run.results().getLast().get("name").asText())
                .isEqualTo("ingest-postgres.with-ids-8000");
    }

    @Test
    void halves_of_an_id_are_those_of_its_uuid() {
        UUID id = UUID.fromString(BenchEvents.id(10_000_000));

        assertThat(new UUID(BenchEvents.idHigh(10_000_000), BenchEvents.idLow(10_000_000)))
                .isEqualTo(id);
    }

    @Test
    void ids_are_uuids_of_version_7_and_differ() {
        UUID first = UUID.fromString(BenchEvents.id(0));

        assertThat(first.version()).isEqualTo(7);
        assertThat(first).hasToString(BenchEvents.id(0));
        assertThat(UUID.fromString(BenchEvents.id(1))).isNotEqualTo(first);
        assertThat(BenchEvents.id(10_000_000)).isGreaterThan(BenchEvents.id(1));
    }
}
