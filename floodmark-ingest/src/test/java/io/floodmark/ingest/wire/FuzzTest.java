package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.ingest.Entry;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random events, whole and broken: what is taken, refused and called malformed agrees with
/// [Oracle], and what is taken is the same JSON.
final class FuzzTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int EVENTS = 150_000;

    @Test
    void verdicts_and_wire_forms_agree_with_the_tree_parser() throws IOException {
        int taken = 0;
        int rejected = 0;
        int malformed = 0;
        for (int seed = 0; seed < EVENTS; seed++) {
            byte[] body = new RandomEvents(new Random(seed)).next();
            switch (Oracle.of(body)) {
                case Oracle.Verdict.Malformed _ -> {
                    assertMalformed(seed, body);
                    malformed++;
                }
                case Oracle.Verdict.Rejected _ -> {
                    assertThat(wellFormed(seed, body))
                            .as(what(seed, body))
                            .isInstanceOf(Rejection.class);
                    rejected++;
                }
                case Oracle.Verdict.Refused _ -> assertRefused(seed, body);
                case Oracle.Verdict.Taken(JsonNode tree) -> {
                    assertTaken(seed, body, tree);
                    taken++;
                }
            }
        }
        assertThat(taken).isGreaterThan(EVENTS / 5);
        assertThat(rejected).isGreaterThan(EVENTS / 10);
        assertThat(malformed).isGreaterThan(EVENTS / 10);
    }

    private static Entry read(byte[] body) {
        return Bodies.read(BodyFormat.EVENT, body, IngestLimits.defaults(), Optional.empty())
                .getFirst();
    }

    private static Entry wellFormed(int seed, byte[] body) {
        try {
            return read(body);
        } catch (MalformedBody e) {
            throw new AssertionError(what(seed, body) + " is called malformed", e);
        }
    }

    private static void assertMalformed(int seed, byte[] body) {
        try {
            Entry entry = read(body);
            throw new AssertionError(what(seed, body) + " was taken as " + entry);
        } catch (MalformedBody e) {
            assertThat(e.offset()).isBetween(0, body.length);
            assertThat(e.reason()).isNotBlank();
        }
    }

    private static void assertRefused(int seed, byte[] body) {
        try {
            assertThat(read(body)).as(what(seed, body)).isInstanceOf(Rejection.class);
        } catch (MalformedBody e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    private static void assertTaken(int seed, byte[] body, JsonNode tree) throws IOException {
        Entry entry = wellFormed(seed, body);
        assertThat(entry).as(what(seed, body)).isInstanceOf(WireEvent.class);
        WireEvent event = (WireEvent) entry;
        ObjectNode expected = (ObjectNode) tree;
        if (!expected.has("event_id")) {
            expected.put("event_id", event.id());
        }
        if (!expected.has("timestamp")) {
            expected.put("timestamp", Bodies.RECEIVED.toString());
        }
        assertThat(JSON.readTree(event.json())).as(what(seed, body)).isEqualTo(expected);
        assertThat(event.id()).isEqualTo(expected.get("event_id").textValue());
        assertThat(event.type()).isEqualTo(expected.get("event_type").textValue());
    }

    private static String what(int seed, byte[] body) {
        return "seed %d: %s".formatted(seed, new String(body, StandardCharsets.ISO_8859_1));
    }
}
