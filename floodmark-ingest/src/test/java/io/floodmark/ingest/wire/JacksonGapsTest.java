package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.floodmark.ingest.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Why there is a scanner of our own: what Jackson's streaming parser lets through when it skips
/// values.
final class JacksonGapsTest {

    private static byte[] event(byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                "{\"event_type\":\"t\",\"properties\":{\"a\":\"".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.writeBytes("\"}}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static void assertJacksonTakes(byte[] event) throws IOException {
        int tokens = 0;
        try (JsonParser parser = new JsonFactory().createParser(event)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        assertThat(tokens).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c080", "c1bf", "e08080", "eda080", "f0808080", "f4908080"})
    void bytes_that_are_no_utf_8_pass_there_and_not_here(String hex) throws IOException {
        byte[] event = event(HexFormat.of().parseHex(hex));

        assertJacksonTakes(event);
        assertThatThrownBy(() ->
                        Bodies.read(
                                BodyFormat.EVENT,
                                event,
                                io.floodmark.ingest.IngestLimits.defaults(),
                                Optional.empty()))
                .isInstanceOf(MalformedBody.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void escapes_that_postgresql_refuses_pass_there_and_not_here() throws IOException {
        for (String escape : new String[] {"\\u0000", "\\ud800", "\\udc00"}) {
            byte[] event = event(escape.getBytes(StandardCharsets.US_ASCII));

            assertJacksonTakes(event);
            assertThat(Bodies.rejection(new String(event, StandardCharsets.US_ASCII)).code())
                    .isEqualTo(Rejection.Code.INVALID);
        }
    }
}
