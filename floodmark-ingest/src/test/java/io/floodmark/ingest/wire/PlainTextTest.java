package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Every byte at every place of the words of eight that are looked at together.
final class PlainTextTest {
    private static final int LENGTH = 27;

    @Test
    void the_first_byte_that_is_not_plain_ends_it_wherever_it_lies() {
        for (int value = 0; value < 256; value++) {
            for (int at = 0; at < LENGTH; at++) {
                byte[] text = new byte[LENGTH];
                Arrays.fill(text, (byte) 'a');
                text[at] = (byte) value;
                boolean plain = value >= ' ' && value < 0x80 && value != '"' && value != '\\';

                for (int from = 0; from <= at; from++) {
                    assertThat(PlainText.end(text, from, LENGTH))
                            .as("byte %d at %d, from %d", value, at, from)
                            .isEqualTo(plain ? LENGTH : at);
                }
            }
        }
    }

    @Test
    void of_two_neighbours_the_first_counts() {
        byte[] odd = {'"', '\\', 0, 0x1F, (byte) 0x80, (byte) 0xFF};
        for (byte first : odd) {
            for (int second = 0; second < 256; second++) {
                byte[] text = {'a', 'b', 'c', first, (byte) second, 'd', 'e', 'f', 'g'};

                assertThat(PlainText.end(text, 0, text.length)).isEqualTo(3);
            }
        }
    }

    @Test
    void bytes_behind_the_end_are_not_looked_at() {
        byte[] text = "abcdefgh\"ijklmnop".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int end = 0; end <= 8; end++) {
            assertThat(PlainText.end(text, 0, end)).isEqualTo(end);
        }
    }
}
