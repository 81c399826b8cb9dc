package io.floodmark.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.console.RunFixtures;
import io.floodmark.load.record.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportInBrowserTest {

    private static final String BLANK_CANVASES =
            """
            () => [...document.querySelectorAll('canvas')].filter(canvas => {
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              return !pixels.some(value => value !== 0);
            }).map(canvas => canvas.id)
            """;
    private static final String OVERFLOW =
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private static final String BACKGROUND =
            "() => getComputedStyle(document.body).backgroundColor";

    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @TempDir private Path folder;
    private Browser browser;

    @BeforeAll
    void launch() {
        browser = Browser.launch();
    }

    @AfterAll
    void quit() {
        browser.close();
    }

    @AfterEach
    void nothing_was_complained_about_and_nothing_requested() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        assertThat(complaints).isEmpty();
        assertThat(requests).allMatch(url -> url.startsWith("file://"));
        complaints.clear();
        requests.clear();
    }

    private Page open(RunResult run, int seconds, int width, ColorScheme scheme)
            throws IOException {
        Path file = Files.createTempFile(folder, "report", ".html");
        Files.writeString(
                file,
                HtmlReport.render(run, RunFixtures.intervals(seconds), Distributions.supplement()));
        BrowserContext context =
                browser.browser()
                        .newContext(
                                new com.microsoft.playwright.Browser.NewContextOptions()
                                        .setViewportSize(width, 900)
                                        .setColorScheme(scheme));
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(file.toUri().toString());
        return page;
    }

    @Test
    void every_plot_is_drawn_and_described() throws IOException {
        Page page = open(RunFixtures.passing(), 60, 1280, ColorScheme.LIGHT);

        assertThat(page.locator("canvas").count()).isEqualTo(6);
        assertThat(page.evaluate(BLANK_CANVASES)).isEqualTo(List.of());
        assertThat(page.locator("canvas[role=img][aria-label]").count()).isEqualTo(6);
        assertThat(page.locator("h1").textContent()).isEqualTo("table on 127.0.0.1:5432/bench");
        assertThat(page.locator("#verdict .word").textContent()).isEqualTo("Pass");
        assertThat(page.locator("#books").textContent())
                .contains("17,898 + 12 + 5 + 21 + 0 + 64 + 0 + 0 = 18,000 due");
    }

    @Test
    void a_hostile_message_stays_text() throws IOException {
        Page page = open(RunFixtures.passing(), 10, 1280, ColorScheme.LIGHT);

        assertThat(page.locator("img").count()).isZero();
        assertThat(page.locator("#failures").textContent())
                .contains("</script><img src=x onerror=alert(1)>");
        assertThat(page.locator("#environment").textContent()).contains("<b>not markup</b>");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 375, 768})
    void a_narrow_screen_needs_no_sideways_scrolling(int width) throws IOException {
        Page page = open(RunFixtures.lowerBounds(), 60, width, ColorScheme.LIGHT);

        assertThat(page.evaluate(OVERFLOW)).isEqualTo(0);
        assertThat(page.evaluate(BLANK_CANVASES)).isEqualTo(List.of());
    }

    @Test
    void dark_mode_changes_page_and_plots() throws IOException {
        Page page = open(RunFixtures.passing(), 60, 1280, ColorScheme.LIGHT);
        Object light = page.evaluate(BACKGROUND);
        String plot = "() => document.getElementById('throughput').toDataURL()";
        Object lightPlot = page.evaluate(plot);

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

        assertThat(page.evaluate(BACKGROUND)).isNotEqualTo(light);
        page.waitForFunction("before => (" + plot + ")() !== before", lightPlot);
        assertThat(page.evaluate(BLANK_CANVASES)).isEqualTo(List.of());
    }

    @Test
    void the_log_scale_can_be_switched_off() throws IOException {
        Page page = open(RunFixtures.passing(), 60, 1280, ColorScheme.LIGHT);
        String plot = "() => document.getElementById('response').toDataURL()";
        Object logarithmic = page.evaluate(plot);

        page.locator("button[data-plot=response]").click();

        assertThat(page.locator("button[data-plot=response]").getAttribute("aria-pressed"))
                .isEqualTo("false");
        assertThat(page.evaluate(plot)).isNotEqualTo(logarithmic);
    }

    @Test
    void a_closed_loop_offers_no_rate() throws IOException {
        Page page = open(RunFixtures.closedLoop(), 60, 1280, ColorScheme.LIGHT);

        assertThat(page.locator("#closed-loop").isVisible()).isTrue();
        assertThat(page.locator("#figures").textContent()).contains("no rate offered");
        assertThat(page.locator("#throughput").getAttribute("aria-label"))
                .contains("no rate offered");
    }

    @Test
    void an_invalid_run_and_its_lower_bounds_are_told() throws IOException {
        Page invalid = open(RunFixtures.invalid(), 60, 1280, ColorScheme.LIGHT);
        Page bounded = open(RunFixtures.lowerBounds(), 60, 1280, ColorScheme.LIGHT);

        assertThat(invalid.locator("#verdict").textContent()).contains("Invalid", "22.9 %");
        assertThat(invalid.locator("#books").textContent()).contains("do not close");
        assertThat(bounded.locator("#latency-table").textContent()).contains("≥1,000");
    }

    @Test
    void a_run_without_any_second_is_readable() throws IOException {
        Page page = open(RunFixtures.nothingDone(), 0, 375, ColorScheme.DARK);

        assertThat(page.locator("#verdict .word").textContent()).isEqualTo("Interrupted");
        assertThat(page.locator(".plot.empty").count()).isEqualTo(5);
        assertThat(page.evaluate(OVERFLOW)).isEqualTo(0);
    }

    @Test
    void twelve_hours_still_fit() throws IOException {
        Page page = open(RunFixtures.passing(), 43_200, 1280, ColorScheme.LIGHT);

        assertThat(page.evaluate(BLANK_CANVASES)).isEqualTo(List.of());
        assertThat(page.locator(".shading").first().textContent())
                .contains("each point stands for 64 seconds");
    }
}
