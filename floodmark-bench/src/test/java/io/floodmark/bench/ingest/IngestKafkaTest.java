package io.floodmark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import org.junit.jupiter.api.Test;

final class IngestKafkaTest {
    private static final int TARGET_MISSED = 3;

    @Test
    void miniature_run_has_a_valid_line_with_its_peer() throws JsonProcessingException {
        CommandRun run =
                CommandRun.of(new IngestKafka(), "--json", "--runs", "1", "--records", "20000");

        assertThat(run.exitCode()).as(run.err()).isIn(0, TARGET_MISSED);
        JsonNode result = run.results().getFirst();
        assertThat(result.get("name").asText()).isEqualTo("ingest-kafka.batch-100");
        assertThat(result.get("valid").asBoolean()).isTrue();
        assertThat(result.get("value").asDouble()).isPositive();
        assertThat(result.get("details").get("peer_records_per_s").asDouble()).isPositive();
    }
}
