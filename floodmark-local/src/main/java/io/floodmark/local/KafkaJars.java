package io.floodmark.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// The folder with the broker's jars: as the build made it, or unpacked once into the user's cache
/// from the jar that carries them.
final class KafkaJars {
    private static final String FOLDER = "io/floodmark/kafka/broker/";

    private KafkaJars() {}

    static Path locate(Path cache) throws IOException {
        URL folder = KafkaJars.class.getResource("/" + FOLDER);
        if (folder == null) {
            throw new LocalServerException(
                    "the Kafka broker is not on the class path: add floodmark-kafka-broker");
        }
        if (folder.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (JarFile carrier = connection.getJarFile()) {
                return unpacked(carrier, cache);
            }
        }
        return Path.of(URI.create(folder.toString()));
    }

    private static Path unpacked(JarFile carrier, Path cache) throws IOException {
        List<JarEntry> jars =
                carrier.stream()
                        .filter(entry -> entry.getName().startsWith(FOLDER))
                        .filter(entry -> entry.getName().endsWith(".jar"))
                        .toList();
        int fingerprint = 0;
        for (JarEntry jar : jars) {
            fingerprint = 31 * fingerprint + Long.hashCode(jar.getCrc());
        }
        String name = "kafka-%08x".formatted(fingerprint);
        return CachedFolder.obtain(cache, name, target -> unpack(carrier, jars, target));
    }

    private static void unpack(JarFile carrier, List<JarEntry> jars, Path target)
            throws IOException {
        for (JarEntry jar : jars) {
            String file = jar.getName().substring(FOLDER.length());
            try (InputStream content = carrier.getInputStream(jar)) {
                Files.copy(content, target.resolve(Path.of(file).getFileName()));
            }
        }
    }
}
