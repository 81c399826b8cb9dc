package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes data folders: password logins only, checksums, UTF-8 with the built-in `C.UTF-8` order
/// (`C` before PostgreSQL 17, which has none built in), and `pg_stat_statements` created.
final class DataFolders {
    /// The settings file inside a data folder that Floodmark owns and rewrites.
    static final String SETTINGS_FILE = "floodmark.conf";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int BUILT_IN_LOCALE_SINCE = 17;
    // Part of the template's name: raise it when what is made here changes.
    private static final String TEMPLATE_REVISION = "1";

    private final PostgresBinaries binaries;

    DataFolders(PostgresBinaries binaries) {
        this.binaries = binaries;
    }

    /// A data folder of its own, with its own system identifier.
    void create(Path data, String password) throws IOException {
        initialise(data, password);
    }

    /// The same in a tenth of the time, by a copy of a template: all copies share one system
    /// identifier.
    void copyTemplate(Path data, String password) throws IOException {
        String name = "template-" + TEMPLATE_REVISION + "-" + binaries.version();
        Path template =
                CachedFolder.obtain(binaries.cache(), name, this::createTemplate).resolve("data");
        FileTrees.copy(template, data, _ -> true);
        ServerAccount.current().own(data);
        singleUser(data, "alter role postgres password '" + password + "'");
    }

    private void createTemplate(Path folder) throws IOException {
        ServerAccount.current().own(folder);
        // Nobody ever knows this password: each copy gets its own.
        initialise(folder.resolve("data"), Passwords.random());
    }

    private void initialise(Path data, String password) throws IOException {
        Path passwordFile = data.resolveSibling("password");
        try {
            writePrivate(passwordFile, password);
            Program.Ended ended =
                    binaries.run("initdb", arguments(data, passwordFile), "", TIMEOUT);
            if (!ended.succeeded()) {
                throw new LocalServerException("initdb failed: " + ended.output().strip());
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.writeString(
                data.resolve("postgresql.conf"),
                "\ninclude_if_exists = '" + SETTINGS_FILE + "'\n",
                StandardOpenOption.APPEND);
        singleUser(data, "create extension pg_stat_statements");
    }

    private List<String> arguments(Path data, Path passwordFile) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--pgdata=" + data,
                                "--username=postgres",
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--data-checksums",
                                "--locale=C"));
        if (binaries.majorVersion() >= BUILT_IN_LOCALE_SINCE) {
            arguments.add("--locale-provider=builtin");
            arguments.add("--builtin-locale=C.UTF-8");
        }
        return arguments;
    }

    /// A new file that the server's account can read, and nobody else.
    static void writePrivate(Path file, String line) throws IOException {
        createPrivateFile(file, line + "\n");
        ServerAccount.current().own(file);
    }

    /// A new file that only the caller can read.
    static void createPrivateFile(Path file, String content) throws IOException {
        var permissions = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
        Files.writeString(file, content);
    }

    /// Runs one statement without a listening server; neither it nor its output is ever shown.
    private void singleUser(Path data, String statement) throws IOException {
        List<String> arguments =
                List.of(
                        "--single",
                        "-D",
                        data.toString(),
                        "-c",
                        "log_min_error_statement=panic",
                        "-c",
                        "exit_on_error=on",
                        "postgres");
        if (!binaries.run("postgres", arguments, statement + "\n", TIMEOUT).succeeded()) {
            throw new LocalServerException("could not prepare the data folder " + data);
        }
    }
}
