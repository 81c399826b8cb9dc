package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

@NullMarked
final class PostgresBinariesTest {
    @TempDir private Path folder;

    /// Prints where the programs are.
    static final class Unpack {
        private Unpack() {}

        public static void main(String[] arguments) {
            System.out.println(PostgresBinaries.locate().home());
        }
    }

    @Test
    void two_processes_that_unpack_at_once_share_one_complete_folder() throws Exception {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.toString());
        Process one = Processes.java(Unpack.class, environment);
        Process two = Processes.java(Unpack.class, environment);
        try (var first = one.inputReader();
                var second = two.inputReader()) {
            Path home = Path.of(Processes.line(first));

            assertThat(Processes.line(second)).isEqualTo(home.toString());
            assertThat(home.resolve("bin").resolve("postgres")).isExecutable();
            assertThat(CachedFolder.children(folder.resolve("floodmark")))
                    .noneMatch(path -> path.toString().endsWith(".part"));
            try (Stream<Path> files = Files.walk(home)) {
                assertThat(files.filter(Files::isSymbolicLink))
                        .isNotEmpty()
                        .allMatch(Files::exists);
            }
        }
        assertThat(one.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(two.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void same_programs_in_a_jar_aside_are_the_same_folder() throws Exception {
        String resource = "/" + Platform.current().resource();
        var jar =
                (JarURLConnection)
                        Objects.requireNonNull(getClass().getResource(resource)).openConnection();
        Path aside = Files.copy(Path.of(jar.getJarFileURL().toURI()), folder.resolve("aside.jar"));

        PostgresBinaries programs = PostgresBinaries.locate(new ServerPrograms.InJar(aside));

        assertThat(programs).isEqualTo(PostgresBinaries.locate());
        assertThat(programs.majorVersion()).isEqualTo(18);
    }

    @Test
    void jar_without_programs_and_missing_jar_are_named() throws Exception {
        Path other = folder.resolve("other.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(other))) {
            jar.putNextEntry(new ZipEntry("postgres-plan9-x86_64.txz"));
        }

        assertThatThrownBy(() -> PostgresBinaries.locate(new ServerPrograms.InJar(other)))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining(other + " holds no " + Platform.current().resource());
        Path missing = folder.resolve("missing.jar");
        assertThatThrownBy(() -> PostgresBinaries.locate(new ServerPrograms.InJar(missing)))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("could not read the PostgreSQL programs in " + missing);
    }

    @Test
    void half_filled_folder_of_a_dead_process_is_filled_anew() throws Exception {
        Files.createDirectory(folder.resolve("thing.part"));
        Files.writeString(folder.resolve("thing.part").resolve("half"), "");

        Path thing =
                CachedFolder.obtain(
                        folder, "thing", made -> Files.writeString(made.resolve("full"), ""));

        assertThat(thing.resolve("full")).exists();
        assertThat(thing.resolve("half")).doesNotExist();
    }

    @Test
    void failed_filling_leaves_nothing() {
        assertThatThrownBy(() ->
                        CachedFolder.obtain(
                                folder,
                                "thing",
                                _ -> {
                                    throw new IOException("disk full");
                                }))
                .hasMessage("disk full");
        assertThat(folder.resolve("thing")).doesNotExist();
        assertThat(folder.resolve("thing.part")).doesNotExist();
    }

    @Test
    void archive_entry_that_leaves_the_folder_is_refused() {
        assertThatThrownBy(() -> TxzArchive.unpack(txz("../evil", "", ""), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leaves its folder: ../evil");
        assertThatThrownBy(() -> TxzArchive.unpack(txz("link", "/etc", ""), folder))
                .hasMessageContaining("leaves its folder: link");
        assertThatThrownBy(() -> TxzArchive.unpack(txz("up", "..", "up/evil"), folder))
                .hasMessageContaining("leaves its folder: up");
        assertThat(folder.resolveSibling("evil")).doesNotExist();
    }

    /// An archive with a file or, when a link target is given, a link, and one file more.
    private static InputStream txz(String name, String link, String file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var xz = new XZOutputStream(bytes, new LZMA2Options());
                var tar = new TarArchiveOutputStream(xz)) {
            if (link.isEmpty()) {
                put(tar, name);
            } else {
                var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
                entry.setLinkName(link);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            if (!file.isEmpty()) {
                put(tar, file);
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream tar, String name) throws IOException {
        byte[] content = "x".getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
