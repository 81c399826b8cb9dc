package io.floodmark.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The PostgreSQL programs of this system, unpacked once into the user's cache folder from a jar.
/// Each version has a folder of its own there.
///
/// @param home the folder with `bin`, `lib` and `share`
/// @param cache the cache folder that it lies in
record PostgresBinaries(Path home, Path cache) {
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]+)");

    static PostgresBinaries locate() {
        return locate(new ServerPrograms.Bundled());
    }

    static PostgresBinaries locate(ServerPrograms programs) {
        Platform platform = Platform.current();
        return locate(platform, resource(platform, programs), UserFolders.current());
    }

    static PostgresBinaries locate(Platform platform, UserFolders folders) {
        return locate(platform, bundled(platform), folders);
    }

    private static URL resource(Platform platform, ServerPrograms programs) {
        return switch (programs) {
            case ServerPrograms.Bundled() -> bundled(platform);
            case ServerPrograms.InJar(Path file) -> inJar(platform, file);
        };
    }

    private static URL bundled(Platform platform) {
        URL resource = PostgresBinaries.class.getResource("/" + platform.resource());
        if (resource == null) {
            throw new LocalServerException(
                    "%s is not on the class path: this Floodmark was built on another system than %s %s; build it here"
                            .formatted(platform.resource(), platform.os(), platform.arch()));
        }
        return resource;
    }

    private static URL inJar(Platform platform, Path file) {
        try (var jar = new JarFile(file.toFile())) {
            if (jar.getEntry(platform.resource()) == null) {
                throw new LocalServerException(
                        "%s holds no %s; take the PostgreSQL programs of this system, %s %s"
                                .formatted(
                                        file, platform.resource(), platform.os(), platform.arch()));
            }
            return URI.create("jar:" + file.toUri() + "!/" + platform.resource()).toURL();
        } catch (IOException e) {
            throw new LocalServerException(
                    "could not read the PostgreSQL programs in %s: %s".formatted(file, e), e);
        }
    }

    private static PostgresBinaries locate(Platform platform, URL resource, UserFolders folders) {
        try {
            Path cache = folders.writableCache();
            String name = platform.resource().replace(".txz", "-" + fingerprint(resource));
            Path home = CachedFolder.obtain(cache, name, folder -> unpack(resource, folder));
            return new PostgresBinaries(home, cache);
        } catch (IOException e) {
            throw new LocalServerException("could not unpack the PostgreSQL programs: " + e, e);
        }
    }

    /// Runs one of the programs under the server account.
    Program.Ended run(String program, List<String> arguments, String input, Duration timeout)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return Program.run(ServerAccount.current().command(command), input, timeout);
    }

    int majorVersion() throws IOException {
        Program.Ended ended = run("postgres", List.of("--version"), "", VERSION_TIMEOUT);
        Matcher version = VERSION.matcher(ended.output());
        if (!version.find()) {
            throw new LocalServerException(
                    "the programs in %s do not tell their version: %s"
                            .formatted(home, ended.output().strip()));
        }
        return Integer.parseInt(version.group(1));
    }

    /// Name of this very version, for what is derived from it.
    String version() {
        return home.getFileName().toString();
    }

    private static void unpack(URL resource, Path folder) throws IOException {
        try (InputStream txz = resource.openStream()) {
            TxzArchive.unpack(txz, folder);
            ServerAccount.current().own(folder);
        }
    }

    /// Size and checksum as the jar's directory has them: nothing is read to find them.
    private static String fingerprint(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        if (connection instanceof JarURLConnection jar) {
            var entry = jar.getJarEntry();
            return "%x-%x".formatted(entry.getSize(), entry.getCrc());
        }
        return "%x-%x".formatted(connection.getContentLengthLong(), connection.getLastModified());
    }
}
