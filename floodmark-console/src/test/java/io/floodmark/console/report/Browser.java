package io.floodmark.console.report;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real Chromium for tests: found on the PATH, or installed once where this process may do so.
///
/// Never skips: without a browser it fails and says what to install.
final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final long INSTALL_MINUTES_MAX = 8;
    private static final String ADVICE =
            "The report's tests need Chromium: install it (Debian: apt-get install chromium) and"
                    + " put chromium or google-chrome on the PATH.";
    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Browser launch() {
        Path executable = onPath().orElseGet(Browser::installed);
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Browser(
                    playwright,
                    playwright
                            .chromium()
                            .launch(
                                    new BrowserType.LaunchOptions()
                                            .setExecutablePath(executable)
                                            .setArgs(ARGUMENTS)));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    com.microsoft.playwright.Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        try (playwright) {
            browser.close();
        }
    }

    private static Optional<Path> onPath() {
        return NAMES.stream().flatMap(Browser::candidates).filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> candidates(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name));
    }

    private static Path installed() {
        boolean debian = Files.isExecutable(Path.of("/usr/bin/apt-get"));
        if (!debian || !"root".equals(System.getProperty("user.name"))) {
            throw new AssertionError(ADVICE);
        }
        try {
            run("apt-get", "update");
            run("apt-get", "install", "-y", "--no-install-recommends", "chromium");
        } catch (IOException e) {
            throw new AssertionError(ADVICE + " Installing it here failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ADVICE + " Installing it here was interrupted.", e);
        }
        return onPath().orElseThrow(() -> new AssertionError(ADVICE));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("floodmark-chromium-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.redirectOutput(log.toFile()).start();
        try {
            if (!process.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new IOException(
                        String.join(" ", command) + " took over " + INSTALL_MINUTES_MAX + " min");
            }
            if (process.exitValue() != 0) {
                String said = Files.readString(log);
                throw new IOException(
                        String.join(" ", command)
                                + " said: "
                                + said.substring(Math.max(0, said.length() - 400)));
            }
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(log);
        }
    }
}
