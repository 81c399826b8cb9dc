package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339Test {

    /// The same decision by the JDK's parser.
    static boolean isTime(String text) {
        if (!text.matches(
                "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)")) {
            return false;
        }
        try {
            OffsetDateTime.parse(
                    text.replaceFirst("(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$", "Z")
                            .replaceFirst(":60Z$", ":59Z"));
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static OptionalLong micros(String text) {
        byte[] bytes = ("xx" + text + "xx").getBytes(StandardCharsets.UTF_8);
        return Rfc3339.micros(bytes, 2, bytes.length - 2);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000001Z, 1",
        "1970-01-01T00:00:00.0000019Z, 1",
        "1970-01-01T01:00:00+01:00, 0",
        "1969-12-31T23:30:00-00:30, 0",
        "2000-02-29t12:00:00.5z, 951825600500000",
        "2016-12-31T23:59:60Z, 1483228799000000"
    })
    void a_time_is_its_microsecond(String text, long micros) {
        assertThat(micros(text)).hasValue(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21",
                "2026-11-21T10:00:00",
                "2026-11-21 10:00:00Z",
                "2026-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-00-01T10:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T10:60:00Z",
                "2026-11-21T10:00:61Z",
                "2026-11-21T10:00:00.Z",
                "2026-11-21T10:00:00Zx",
                "2026-11-21T10:00:00+1:00",
                "2026-11-21T10:00:00+24:00",
                "26-11-21T10:00:00.0000Z",
                "٢٠٢٦-11-21T10:00:00Z"
            })
    void what_is_no_time_is_none(String text) {
        assertThat(micros(text)).isEmpty();
    }

    @Test
    void times_agree_with_the_jdk() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            OffsetDateTime time =
                    OffsetDateTime.ofInstant(
                            java.time.Instant.ofEpochSecond(
                                    random.nextLong(-62_135_596_800L, 253_402_300_799L),
                                    random.nextInt(1_000_000) * 1_000L),
                            ZoneOffset.ofTotalSeconds(random.nextInt(-720, 720) * 60));
            if (time.getYear() < 1 || time.getYear() > 9999) {
                continue;
            }
            long expected =
                    time.toEpochSecond() * 1_000_000 + time.get(ChronoField.MICRO_OF_SECOND);
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
            assertThat(micros(text)).as(text).hasValue(expected);
        }
    }
}
