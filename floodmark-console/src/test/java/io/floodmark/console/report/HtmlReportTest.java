package io.floodmark.console.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.console.RunFixtures;
import io.floodmark.load.record.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    private static final String DATA = "<script type=\"application/json\" id=\"data\">";

    @TempDir private Path folder;

    private static String page(RunResult run, int seconds) {
        return HtmlReport.render(run, RunFixtures.intervals(seconds), Distributions.supplement());
    }

    private static JsonNode data(String page) throws JsonProcessingException {
        int start = page.indexOf(DATA) + DATA.length();
        return new ObjectMapper().readTree(page.substring(start, page.indexOf("</script>", start)));
    }

    @Test
    void the_data_closes_and_is_what_the_run_recorded() throws JsonProcessingException {
        JsonNode data = data(page(RunFixtures.passing(), 60));

        assertThat(data.at("/account/due").asLong()).isEqualTo(18_000);
        assertThat(data.at("/verdict/word").asText()).isEqualTo("Pass");
        assertThat(data.at("/run/seed").asText()).isEqualTo("7");
        assertThat(data.at("/series/responseP99")).hasSize(60);
        assertThat(data.at("/distributions/response/3/percentile").asDouble()).isEqualTo(50);
        assertThat(data.at("/failures/0/example").asText()).isEqualTo(RunFixtures.HOSTILE);
    }

    @Test
    void text_of_others_cannot_end_the_script_or_become_markup() {
        String page = page(RunFixtures.passing(), 10);

        assertThat(page).doesNotContain("<img", "<b>not", "</script><");
        assertThat(page).contains("\\u003c/script>\\u003cimg src=x onerror=alert(1)>");
    }

    @Test
    void the_title_is_escaped() {
        assertThat(ReportPage.escaped("a<b>&\"c'")).isEqualTo("a&lt;b&gt;&amp;&quot;c&#39;");
    }

    @Test
    void the_page_names_no_place_in_any_network() {
        String page = page(RunFixtures.passing(), 10).replaceAll("(?s)/\\*!.*?\\*/", "");

        assertThat(page)
                .doesNotContain("src=\"", "sourceMappingURL", "@import", "url(")
                .contains("default-src 'none'; script-src 'sha256-")
                .doesNotContain("unsafe-inline", "{{");
    }

    @Test
    void a_run_without_operations_has_a_report_too() throws JsonProcessingException {
        String page =
                HtmlReport.render(RunFixtures.nothingDone(), java.util.List.of(), Supplement.NONE);

        assertThat(data(page).at("/series/start")).isEmpty();
        assertThat(data(page).at("/certificate/cpuPercent").isNull()).isTrue();
        assertThat(data(page).at("/steadyFromSeconds").isNull()).isTrue();
    }

    @Test
    void an_observed_run_leaves_one_whole_file_with_its_notices() throws IOException {
        Path file = folder.resolve("report.html");

        try (HtmlReport report = new HtmlReport(file, Distributions::supplement)) {
            report.started(RunFixtures.info(false, 60));
            RunFixtures.intervals(60).forEach(report::interval);
            for (int i = 0; i < HtmlReport.NOTICES_MAX + 5; i++) {
                report.notice("notice " + i);
            }
            assertThat(file).doesNotExist();
            report.finished(RunFixtures.passing());
        }

        JsonNode data = data(Files.readString(file));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(data.at("/notices")).hasSize(HtmlReport.NOTICES_MAX + 1);
        assertThat(data.at("/notices/0").asText()).isEqualTo("60 s: notice 0");
        assertThat(data.at("/notices/" + HtmlReport.NOTICES_MAX).asText()).isEqualTo("and 5 more");
    }

    @Test
    void a_file_that_cannot_be_written_is_named() {
        Path file = folder.resolve("missing").resolve("report.html");
        HtmlReport report = new HtmlReport(file, () -> Supplement.NONE);

        assertThatThrownBy(() -> report.finished(RunFixtures.passing()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write the report " + file);
    }

    @Test
    void a_percentile_outside_its_range_is_refused() {
        assertThatThrownBy(() -> new DistributionPoint(101, 1))
                .hasMessage("percentile must be from 0 to 100, got 101.0");
    }
}
