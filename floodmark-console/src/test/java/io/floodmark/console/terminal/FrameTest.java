package io.floodmark.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.console.RunFixtures;
import io.floodmark.load.record.Interval;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

    private static LiveState state(boolean closedLoop, int seconds) {
        LiveState state = LiveState.of(RunFixtures.info(closedLoop, 60));
        for (Interval interval : RunFixtures.intervals(seconds)) {
            state = state.with(interval);
        }
        return state;
    }

    private static List<String> lines(LiveState state, int width, int height) {
        return Frame.render(state, width, height).stream().map(AttributedString::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({"80,24", "60,24", "60,15", "120,40", "40,8", "200,60", "20,3"})
    void a_frame_fits_its_window(int width, int height) {
        LiveState state = state(false, 300).withNotice("governor: 4 free connections left");

        List<AttributedString> frame = Frame.render(state, width, height);

        assertThat(frame).hasSizeLessThanOrEqualTo(height);
        assertThat(frame).allMatch(line -> line.columnLength() <= width);
    }

    @Test
    void a_small_window_keeps_what_matters_most() {
        LiveState state = state(false, 12).withNotice("server lost");

        assertThat(lines(state, 60, 10))
                .anyMatch(line -> line.startsWith("table → 127.0.0.1:5432/bench"))
                .anyMatch(line -> line.contains("20 %  12 s of 60 s, 48 s left"))
                .anyMatch(line -> line.contains("offered 289.0/s   achieved 290.0/s"))
                .anyMatch(line -> line.startsWith("second"))
                .anyMatch(line -> line.startsWith("total"))
                .anyMatch(line -> line.startsWith("response"))
                .anyMatch(line -> line.startsWith("generator ok"))
                .anyMatch(line -> line.equals("! 12s  server lost"));
    }

    @Test
    void a_large_window_shows_everything() {
        assertThat(String.join("\n", lines(state(false, 32), 100, 50)))
                .contains("achieved  ", "p99 ms    ", " highest", "wait", "service")
                .contains("deepest 5/100  pool 8/50 waiting 0  server free 39")
                .contains("insert", "update", "read")
                .contains("generator LATE  lag p99 12.0  pause 11.8 ms  disturbed 12  cpu 30 %")
                .contains("█", "▂");
    }

    @Test
    void the_highest_row_keeps_the_worst_second() {
        List<String> lines = lines(state(false, 40), 100, 50);

        String highest = lines.get(lines.indexOf(response(lines)) + 1);

        assertThat(highest).startsWith(" highest").contains("24.6", "349");
    }

    private static String response(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("response")).findFirst().orElseThrow();
    }

    @Test
    void a_closed_loop_claims_no_offered_rate_and_no_queue() {
        assertThat(String.join("\n", lines(state(true, 12), 100, 50)))
                .contains("closed loop: no rate is offered")
                .doesNotContain("offered 2")
                .doesNotContain("deepest");
    }

    @Test
    void before_the_first_second_there_is_a_frame_too() {
        assertThat(lines(LiveState.of(RunFixtures.info(false, 60)), 80, 24))
                .anyMatch(line -> line.contains("waiting for the first second"));
    }

    @Test
    void memory_of_the_view_is_bounded() {
        LiveState state = state(false, 1_000);
        for (int i = 0; i < 100; i++) {
            state = state.withNotice("notice " + i);
        }

        assertThat(state.recent()).hasSize(LiveState.RECENT_MAX);
        assertThat(state.notices()).hasSize(LiveState.NOTICES_MAX).last().asString().contains("99");
    }
}
