package io.floodmark.load.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
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
    void schema_version_changes_only_on_purpose() {
        assertThat(SummaryJson.SCHEMA_VERSION).isEqualTo(1);
    }

    private static JsonNode fixture() throws IOException {
        try (InputStream file = SummaryJsonTest.class.getResourceAsStream("summary.json")) {
            return JSON.readTree(file);
        }
    }
}
