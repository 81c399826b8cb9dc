package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.floodmark.ingest.IngestLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class BodyBufferTest {
    private static final IngestLimits LIMITS =
            new IngestLimits(1 << 20, 50, 100, 1_000, 9, 9, 9, 9);

    private static byte[] encoded(Encoding encoding, byte[] plain) throws IOException {
        return switch (encoding) {
            case IDENTITY -> plain;
            case ZSTD -> Zstd.compress(plain);
            case GZIP -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(plain);
                }
                yield out.toByteArray();
            }
        };
    }

    private static BodyBuffer read(Encoding encoding, byte[] wire) throws IOException {
        return BodyBuffer.read(
                new ByteArrayInputStream(wire), encoding, OptionalLong.empty(), LIMITS, _ -> {});
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void a_body_comes_out_as_it_went_in(Encoding encoding) throws IOException {
        for (int length : new int[] {0, 1, 16 * 1024, 16 * 1024 + 1, 1 << 20}) {
            byte[] plain = random(length);

            BodyBuffer body = read(encoding, encoded(encoding, plain));

            assertThat(Arrays.copyOf(body.bytes(), body.length())).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_body_one_byte_too_long_is_refused(Encoding encoding) throws IOException {
        byte[] wire = encoded(encoding, random((1 << 20) + 1));

        assertThatThrownBy(() -> read(encoding, wire))
                .isInstanceOf(BodyTooLarge.class)
                .hasMessageContaining("1048576");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
    void a_body_that_expands_too_much_is_refused_before_it_is_whole(Encoding encoding)
            throws IOException {
        byte[] wire = encoded(encoding, new byte[1 << 20]);
        AtomicLong room = new AtomicLong();

        assertThatThrownBy(() ->
                        BodyBuffer.read(
                                new ByteArrayInputStream(wire),
                                encoding,
                                OptionalLong.empty(),
                                LIMITS,
                                room::addAndGet))
                .isInstanceOf(BodyTooLarge.class)
                .hasMessageContaining("50 times");
        assertThat(room.get()).isLessThan(1 << 20);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
    void a_body_that_is_cut_or_not_compressed_is_malformed(Encoding encoding) throws IOException {
        byte[] wire = encoded(encoding, random(5_000));

        assertThatThrownBy(() -> read(encoding, Arrays.copyOf(wire, wire.length - 20)))
                .isInstanceOf(MalformedBody.class);
        assertThatThrownBy(() ->
                        read(
                                encoding,
                                "{\"events\":[]}"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedBody.class)
                .hasMessageContaining(encoding.name());
    }

    @Test
    void an_announced_length_takes_exactly_that_room() throws IOException {
        AtomicLong room = new AtomicLong();
        BodyBuffer body =
                BodyBuffer.read(
                        new ByteArrayInputStream(random(5_000)),
                        Encoding.IDENTITY,
                        OptionalLong.of(5_000),
                        LIMITS,
                        room::addAndGet);

        assertThat(body.length()).isEqualTo(5_000);
        assertThat(room.get()).isEqualTo(5_001);
    }

    @Test
    void an_announced_length_beyond_the_limit_is_refused_before_reading() {
        assertThatThrownBy(() ->
                        BodyBuffer.read(
                                ByteArrayInputStream.nullInputStream(),
                                Encoding.GZIP,
                                OptionalLong.of((1 << 20) + 1),
                                LIMITS,
                                _ -> {}))
                .isInstanceOf(BodyTooLarge.class);
    }
}
