package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Only root can become somebody else: for an ordinary user the other tests already show that it
/// works.
@NullMarked
final class ServerAccountTest {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

    @TempDir private Path folder;

    @Test
    void ordinary_user_without_a_home_starts_a_server_in_the_temporary_folder() throws Exception {
        assumeTrue(ServerAccount.ownId() == 0 && works(AS_NOBODY), "needs root and setpriv");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ServerAccount.NOBODY.own(temporary);
        open(folder, "rwxr-xr-x");

        Process owner =
                Processes.java(
                        ServerMain.class,
                        AS_NOBODY,
                        readableClassPath(),
                        Map.of("TMPDIR", temporary.toString(), "XDG_CACHE_HOME", "/proc/none"));

        expectServer(owner, temporary, "SELF");
    }

    @Test
    void root_without_user_namespaces_runs_the_server_as_nobody() throws Exception {
        assumeTrue(ServerAccount.ownId() == 0 && works(AS_NOBODY), "needs root and setpriv");
        Path forbidden = Files.createDirectory(folder.resolve("bin")).resolve("unshare");
        Files.writeString(forbidden, "#!/bin/sh\nexit 1\n");
        open(forbidden, "rwxr-xr-x");
        open(folder, "rwx--x--x");

        Process owner =
                Processes.java(
                        ServerMain.class,
                        Map.of(
                                "PATH",
                                folder.resolve("bin") + ":" + System.getenv("PATH"),
                                "XDG_CACHE_HOME",
                                folder.toString()));

        expectServer(owner, folder, "NOBODY");
    }

    private static void expectServer(Process owner, Path under, String account) throws Exception {
        try (BufferedReader output = owner.inputReader()) {
            long pid = Long.parseLong(Processes.line(output));
            Path data = Path.of(Processes.line(output));
            assertThat(Processes.line(output)).isEqualTo(account);
            assertThat(data).startsWith(under.toRealPath());
            assertThat(Files.getAttribute(data, "unix:uid")).isEqualTo(65534);
            assertThat(ServerProcess.on(data)).isPresent();
            owner.getOutputStream().close();
            assertThat(owner.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Processes.isGone(pid)).isTrue();
            assertThat(Processes.isGone(data.resolveSibling(""))).isTrue();
        }
    }

    private static boolean works(List<String> prefix) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return Program.run(command, "", java.time.Duration.ofSeconds(10)).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    /// Copies of all that is on the class path, where everybody can read them.
    private String readableClassPath() throws IOException {
        var copies = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path copy = folder.resolve(copies.size() + "-" + source.getFileName());
            if (Files.isDirectory(source)) {
                FileTrees.copy(source, copy, _ -> true);
            } else if (Files.exists(source)) {
                Files.copy(source, copy);
            } else {
                continue;
            }
            ServerAccount.NOBODY.own(copy);
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void open(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
