package io.floodmark.load.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// The published shape of `summary.json`: programs read it.
final class SummaryJsonTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Test
    void document_has_the_published_fields_and_values() throws Exception {
        JsonNode written = JSON.readTree(JSON.writeValueAsString(SummaryJson.of(Samples.result())));

        assertThat(written.toPrettyString()).isEqualTo(fixture().toPrettyString());
    }

    @Test
    void what_is_not_known_is_minus_one() {
        JsonNode written =
                SummaryJson.of(Samples.result(OptionalDouble.empty(), OptionalDouble.empty()));

        assertThat(written.get("steady_from_s").asDouble()).isEqualTo(-1);
        assertThat(written.at("/certificate/cpu_percent").asDouble()).isEqualTo(-1);
    }

    @Test
    void schema_version_changes_only_on_purpose() {
        assertThat(SummaryJson.SCHEMA_VERSION).isEqualTo(1);
    }

    private static JsonNode fixture() throws IOException {
        try (InputStream file = SummaryJsonTest.class.getResourceAsStream("summary.json")) {
            return JSON.readTree(file);
        }
    }
}
