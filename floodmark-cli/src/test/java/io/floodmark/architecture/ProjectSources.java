package io.floodmark.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The project's Java sources. The build runs tests in their module's folder, so that the root is
/// one above.
final class ProjectSources {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private ProjectSources() {}

    /// The folders of all modules with sources, in the order of their names.
    static List<String> modules() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                    .filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Shows the main and test sources of one module, one after the other.
    static void visit(String module, Consumer<SourceFile> visitor) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(ProjectSources::parse)
                    .forEach(visitor);
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
