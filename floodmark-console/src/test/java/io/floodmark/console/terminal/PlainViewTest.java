package io.floodmark.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.console.RunFixtures;
import io.floodmark.load.record.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class PlainViewTest {

    private static final Interval SECOND = RunFixtures.intervals(12).getLast();

    @Test
    void a_second_is_one_line_of_words_and_numbers() {
        assertThat(PlainView.line(SECOND, false))
                .isEqualTo(
                        "12s due 289 done 290 fail 0 conflict 0 timeout 0 skip 0 reject 0 queue 5 flight 8"
                                + " | 290/289 per s"
                                + " | resp p50 4.5 p99 20.7 max 63.8 ms"
                                + " = lag 0.3 + wait 4.5 + service 15.5 (p99 each)"
                                + " | pool 12/50"
                                + " | gen ok cpu 30%");
    }

    @Test
    void a_closed_loop_claims_no_offered_rate() {
        assertThat(PlainView.line(SECOND, true))
                .contains("| 290 per s (closed loop) |")
                .doesNotContain("290/");
    }

    @Test
    void a_disturbed_second_says_so() {
        Interval paused = RunFixtures.intervals(32).getLast();

        assertThat(PlainView.line(paused, false)).endsWith("gen late 12 pause 11.8 ms cpu 30%");
    }

    @Test
    void start_seconds_and_notices_are_lines_of_their_own() {
        StringBuilder out = new StringBuilder();

        try (PlainView view = new PlainView(out, java.time.Duration.ofSeconds(1))) {
            view.started(RunFixtures.info(false, 60));
            view.interval(SECOND);
            view.notice("server lost\nand found");
        }

        assertThat(out.toString().lines())
                .hasSize(3)
                .first()
                .isEqualTo(
                        "run 20260314-101500-table-7: table on 127.0.0.1:5432/bench, poisson,"
                                + " 300/s, 50 workers, queue 100 (reject), deadline 1 s for 60 s,"
                                + " seed 7");
        assertThat(out.toString()).endsWith("\nnotice: server lost and found\n");
    }

    @Test
    void a_broken_stream_is_an_error_that_says_what_was_written() {
        PlainView view = new PlainView(new BrokenWriter(), java.time.Duration.ofSeconds(1));

        assertThatThrownBy(() -> view.notice("hello"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot write progress: pipe closed");
    }

    private static final class BrokenWriter extends Writer {

        @Override
        public void write(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("pipe closed");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
