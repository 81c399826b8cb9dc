package io.floodmark.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The project's Java sources. The build runs tests in their module's folder, so that the root is
/// one above.
final class ProjectSources {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private ProjectSources() {}

    /// The folders of all modules, in the order of their names.
    static List<String> modules() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Main and test sources of one module, each parsed when it is asked for: the trees of all of
    /// them together do not fit into the memory of a test.
    static Stream<SourceFile> of(String module) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            return sources.stream().map(ProjectSources::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of the top-level types in one module's main sources.
    static List<String> mainTypes(String module) {
        Path main = ROOT.resolve(module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(main)) {
            return files.map(file -> main.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".java") && !file.equals("module-info.java"))
                    .map(file -> file.replace(".java", "").replace('/', '.'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile parse(Path file) {
        try {
            return SourceFile.parse(
                    ROOT.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
