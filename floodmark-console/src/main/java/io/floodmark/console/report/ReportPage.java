package io.floodmark.console.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The fixed parts of the page: template, style sheet, script and Chart.js, joined with a run's
/// data.
///
/// The page's security policy names the hashes of exactly these parts, so nothing else can run or
/// be loaded.
final class ReportPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");
    private static final String CHART_JS_POM =
            "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private ReportPage() {}

    static String of(ReportDocument document) {
        String style = resource("report.css");
        String chart = chartJs();
        String script = resource("report.js");
        Map<String, String> parts =
                Map.of(
                        "title",
                        escaped(document.title()),
                        "policy",
                        policy(style, chart, script),
                        "style",
                        style,
                        "chart",
                        chart,
                        "data",
                        document.json(),
                        "script",
                        script);
        // One pass, so that a placeholder inside a part stays text.
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(part(parts, place.group(1))));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String part(Map<String, String> parts, String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new IllegalStateException("report.html names an unknown part: " + name);
        }
        return part;
    }

    private static String policy(String style, String... scripts) {
        StringBuilder policy = new StringBuilder("default-src 'none'; script-src");
        for (String script : scripts) {
            policy.append(' ').append(hash(script));
        }
        return policy.append("; style-src ").append(hash(style))
                + "; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String part) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(part.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Chart.js in whatever version is on the class path: its WebJar says which.
    private static String chartJs() {
        Properties pom = new Properties();
        try (InputStream in = open(CHART_JS_POM)) {
            pom.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + CHART_JS_POM, e);
        }
        String version = pom.getProperty("version", "");
        String source =
                resource(
                        "/META-INF/resources/webjars/chart.js/"
                                + version
                                + "/dist/chart.umd.min.js");
        if (source.contains("</script")) {
            throw new IllegalStateException("Chart.js " + version + " cannot be put inline");
        }
        return SOURCE_MAP.matcher(source).replaceAll("");
    }

    private static String resource(String name) {
        try (InputStream in = open(name)) {
            // Browsers read CR LF as LF before they hash a part; so must we.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report's part " + name, e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = ReportPage.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the report's part is not on the class path: " + name);
        }
        return in;
    }
}
