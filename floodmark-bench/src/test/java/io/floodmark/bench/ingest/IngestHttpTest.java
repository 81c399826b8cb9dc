package io.floodmark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import org.junit.jupiter.api.Test;

final class IngestHttpTest {
    private static final int TARGET_MISSED = 3;

    @Test
    void miniature_run_has_a_valid_line() throws JsonProcessingException {
        CommandRun run =
                CommandRun.of(
                        new IngestHttp(), "--json", "--runs", "1", "--seconds", "0.2", "--minimal");

        assertThat(run.exitCode()).as(run.err()).isIn(0, TARGET_MISSED);
        JsonNode result = run.results().getFirst();
        assertThat(result.get("name").asText()).isEqualTo("ingest-http.batch-100");
        assertThat(result.get("valid").asBoolean()).isTrue();
        assertThat(result.get("value").asDouble()).isPositive();
    }

    @Test
    void the_client_of_the_jdk_can_send_instead() throws JsonProcessingException {
        CommandRun run =
                CommandRun.of(
                        new IngestHttp(), "--json", "--runs=1", "--seconds=0.2", "--client=jdk");

        assertThat(run.exitCode()).as(run.err()).isIn(0, TARGET_MISSED);
        assertThat(run.results().getFirst().get("valid").asBoolean()).isTrue();
    }
}
