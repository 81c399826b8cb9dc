package io.floodmark.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.console.RunFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private static final String ENTER = "\u001b[?1049h";
    private static final String EXIT = "\u001b[?1049l";

    private final LiveView.RestoreTask task = new LiveView.RestoreTask();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private RecordingTerminal terminal() throws IOException {
        RecordingTerminal terminal = new RecordingTerminal(screen);
        terminal.setSize(Size.of(80, 24));
        return terminal;
    }

    private LiveView view(Terminal terminal, Map<String, String> environment) {
        return LiveView.on(terminal, environment, task);
    }

    private String drawn() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private static void watch(LiveView view) {
        view.started(RunFixtures.info(false, 60));
        RunFixtures.intervals(3).forEach(view::interval);
        view.notice("server lost");
    }

    @Test
    void the_screen_is_taken_drawn_on_and_given_back() throws IOException {
        RecordingTerminal terminal = terminal();

        LiveView view = view(terminal, Map.of());
        watch(view);
        assertThat(terminal.echoes).isFalse();
        String before = drawn();
        view.close();

        assertThat(before).contains(ENTER, "\u001b[?25l", "offered", "server lost");
        assertThat(before).doesNotContain(EXIT);
        String after = drawn().substring(before.length());
        assertThat(after).contains(EXIT, "! 3s  server lost").containsPattern("\u001b\\[\\?25h");
        assertThat(terminal.echoes).isTrue();
    }

    @Test
    void closing_twice_restores_once_and_a_closed_view_draws_no_more() throws IOException {
        LiveView view = view(terminal(), Map.of());
        watch(view);

        view.close();
        String closed = drawn();
        view.close();
        view.interval(RunFixtures.intervals(4).getLast());

        assertThat(drawn()).isEqualTo(closed);
    }

    @Test
    void an_abrupt_end_gives_the_screen_back_before_anybody_closes_the_view() throws IOException {
        RecordingTerminal terminal = terminal();
        try (LiveView view = view(terminal, Map.of())) {
            watch(view);

            task.run();

            assertThat(drawn()).contains(EXIT).endsWith("! 3s  server lost\r\n");
            assertThat(terminal.echoes).isTrue();
        }
    }

    @Test
    void no_color_leaves_colours_out() throws IOException {
        try (LiveView view = view(terminal(), Map.of("NO_COLOR", "1"))) {
            watch(view);
            assertThat(drawn()).contains("server lost").doesNotContain("\u001b[33m", "\u001b[32m");
        }
    }

    @Test
    void colour_is_used_where_it_is_not_refused() throws IOException {
        try (LiveView view = view(terminal(), Map.of())) {
            watch(view);
            assertThat(drawn()).contains("\u001b[32m");
        }
    }

    @Test
    void drawing_after_the_window_shrank_fits_the_new_window() throws IOException {
        RecordingTerminal terminal = terminal();
        try (LiveView view = view(terminal, Map.of())) {
            watch(view);
            int before = drawn().length();

            terminal.setSize(Size.of(60, 5));
            view.windowChanged();
            view.interval(RunFixtures.intervals(4).getLast());

            assertThat(drawn().substring(before)).contains("offered").doesNotContain("highest");
        }
    }

    /// A terminal in memory that remembers whether typed keys would be echoed.
    private static final class RecordingTerminal extends LineDisciplineTerminal {

        private boolean echoes;

        RecordingTerminal(OutputStream screen) throws IOException {
            super("test", "xterm-256color", screen, StandardCharsets.UTF_8);
        }

        @Override
        public void setAttributes(Attributes attributes) {
            super.setAttributes(attributes);
            echoes = attributes.getLocalFlag(Attributes.LocalFlag.ECHO);
        }
    }
}
