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
        assertThat(result.get("name").asText()).isEqualTo("ingest-postgres.same-table-8000");
        assertThat(result.get("valid").asBoolean()).isTrue();
        assertThat(result.get("ratio").asDouble()).isPositive();
        assertThat(result.get("details").get("ratio_to_plain_copy").asDouble()).isPositive();
    }

    @Test
    void events_of_yesterday_and_random_ids_do_not_keep_an_event_out() throws Exception {
        CommandRun run =
                CommandRun.of(
                        new IngestPostgres(),
                        "--json",
                        "--runs=1",
                        "--seconds=0.3",
                        "--ids=random",
                        "--yesterday=20000");

        assertThat(run.exitCode()).as(run.err()).isIn(0, TARGET_MISSED);
        assertThat(run.results().getFirst().get("valid").asBoolean()).isTrue();
    }

    @Test
    void random_ids_are_uuids_of_version_4() {
        UUID id = UUID.fromString(EventIds.RANDOM.of(7));

        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).hasToString(EventIds.RANDOM.of(7));
        assertThat(EventIds.RANDOM.of(8)).isNotEqualTo(EventIds.RANDOM.of(7));
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
