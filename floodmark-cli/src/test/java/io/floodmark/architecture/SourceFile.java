package io.floodmark.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A Java source file of the project with its syntax tree.
///
/// @param path relative to the project's root
/// @param nodes all nodes of the tree, parents before children
record SourceFile(
        String path, String text, DocTrees trees, CompilationUnitTree unit, List<TreePath> nodes) {

    /// Parses one file, and fails when it is not Java.
    static SourceFile parse(String path, String text) {
        DiagnosticCollector<JavaFileObject> mistakes = new DiagnosticCollector<>();
        JavacTask task =
                (JavacTask)
                        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK")
                                .getTask(
                                        null,
                                        null,
                                        mistakes,
                                        List.of("-proc:none"),
                                        null,
                                        List.of(new InMemory(path, text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            if (mistakes.getDiagnostics().stream()
                    .anyMatch(mistake -> mistake.getKind() == Diagnostic.Kind.ERROR)) {
                throw new IllegalArgumentException(mistakes.getDiagnostics().toString());
            }
            return new SourceFile(path, text, DocTrees.instance(task), unit, nodes(unit));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private static List<TreePath> nodes(CompilationUnitTree unit) {
        List<TreePath> found = new ArrayList<>();
        new TreePathScanner<@Nullable Void, List<TreePath>>() {
            @Override
            public @Nullable Void scan(@Nullable Tree tree, List<TreePath> into) {
                if (tree != null) {
                    into.add(new TreePath(getCurrentPath(), tree));
                }
                return super.scan(tree, into);
            }
        }.scan(new TreePath(unit), found);
        return List.copyOf(found);
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    /// The nodes of one type.
    <T extends Tree> Stream<T> all(Class<T> type) {
        return nodes.stream().map(TreePath::getLeaf).filter(type::isInstance).map(type::cast);
    }

    int firstLine(Tree tree) {
        return line(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    int lastLine(Tree tree) {
        return line(trees.getSourcePositions().getEndPosition(unit, tree) - 1);
    }

    private int line(long position) {
        return (int) unit.getLineMap().getLineNumber(position);
    }

    /// What is wrong, with the place in front.
    String at(Tree tree, String wrong) {
        return at(firstLine(tree), wrong);
    }

    String at(int line, String wrong) {
        return "%s:%d: %s".formatted(path, line, wrong);
    }

    /// The numbers, from 1, of the lines that contain a match.
    IntStream linesWith(Pattern pattern) {
        List<String> lines = text.lines().toList();
        return IntStream.rangeClosed(1, lines.size())
                .filter(number -> pattern.matcher(lines.get(number - 1)).find());
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        InMemory(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
