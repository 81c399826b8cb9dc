package io.floodmark.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The PostgreSQL programs of this system, unpacked once into the user's cache folder from the jar
/// on the class path.
///
/// @param home the folder with `bin`, `lib` and `share`
/// @param cache the cache folder that it lies in
record PostgresBinaries(Path home, Path cache) {
    static PostgresBinaries locate() {
        return locate(Platform.current(), UserFolders.current());
    }

    static PostgresBinaries locate(Platform platform, UserFolders folders) {
        URL resource = PostgresBinaries.class.getResource("/" + platform.resource());
        if (resource == null) {
            throw new LocalServerException(
                    "%s is not on the class path: this Floodmark was built on another system than %s %s; build it here"
                            .formatted(platform.resource(), platform.os(), platform.arch()));
        }
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
