package io.floodmark.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// The rules of the house style that a syntax tree can decide, each a function from a file to its
/// violations. Patterns bracket a letter of the words that they ban, so that this file passes.
enum StyleRule {
    METHODS_HAVE_AT_MOST_40_LINES,
    FILES_HAVE_AT_MOST_400_LINES_AND_TESTS_600,
    METHODS_TAKE_AT_MOST_5_PARAMETERS,
    PUBLIC_TYPES_HAVE_A_DOC_COMMENT,
    DOC_COMMENTS_ARE_MARKDOWN,
    TYPE_NAMES_SAY_THE_DIFFERENCE,
    NOTHING_IS_LEFT_FOR_LATER,
    SOURCES_NAME_NO_MACHINE,
    TESTS_DO_NOT_SLEEP,
    TESTS_ARE_NOT_DISABLED,
    NOBODY_MOCKS;

    private static final int METHOD_LINES_MAX = 40;
    private static final int FILE_LINES_MAX = 400;
    private static final int TEST_LINES_MAX = 600;
    private static final int PARAMETERS_MAX = 5;

    /// Each violation with its place.
    List<String> violations(SourceFile file) {
        return check(file).toList();
    }

    private Stream<String> check(SourceFile file) {
        return switch (this) {
            case METHODS_HAVE_AT_MOST_40_LINES -> longMethods(file);
            case FILES_HAVE_AT_MOST_400_LINES_AND_TESTS_600 -> longFile(file);
            case METHODS_TAKE_AT_MOST_5_PARAMETERS -> manyParameters(file);
            case PUBLIC_TYPES_HAVE_A_DOC_COMMENT -> undocumented(file);
            case DOC_COMMENTS_ARE_MARKDOWN -> lines(file, Words.OLD_COMMENT, "begin it with ///");
            case TYPE_NAMES_SAY_THE_DIFFERENCE -> emptyNames(file);
            case NOTHING_IS_LEFT_FOR_LATER -> lines(file, Words.LATER, "do it now or delete it");
            case SOURCES_NAME_NO_MACHINE -> lines(file, Words.MACHINE, "a place on one machine");
            case TESTS_DO_NOT_SLEEP -> sleeps(file);
            case TESTS_ARE_NOT_DISABLED -> disabled(file);
            case NOBODY_MOCKS -> mocks(file);
        };
    }

    private static final class Words {
        static final Set<String> EMPTY = Set.of("Manager", "Helper", "Util", "Utils", "Impl");
        static final Pattern HUMPS = Pattern.compile("(?=\\p{Upper})");
        static final Pattern OLD_COMMENT = Pattern.compile("^\\s*/\\*" + "\\*");
        static final Pattern LATER = Pattern.compile("\\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\\b");
        static final Pattern MACHINE =
                Pattern.compile(
                        "(?<![\\w.}-])/(wor[k]|roo[t]|User[s]|tmp/w[t])(?![\\w-])"
                                + "|repo1?\\.mave[n]|(?i:artifactor[y]|nexu[s]|jfro[g])");
        static final List<String> MOCKING =
                List.of("org.mockito", "org.easymock", "org.jmock", "org.powermock", "mockit.");

        private Words() {}
    }

    private static Stream<String> lines(SourceFile file, Pattern banned, String instead) {
        return file.linesWith(banned).mapToObj(line -> file.at(line, instead));
    }

    private static Stream<String> longMethods(SourceFile file) {
        return file.all(MethodTree.class)
                .filter(method -> linesWithin(file, method.getBody()) > METHOD_LINES_MAX)
                .map(method ->
                        file.at(
                                method,
                                "%s has %d lines"
                                        .formatted(
                                                method.getName(),
                                                linesWithin(file, method.getBody()))));
    }

    private static int linesWithin(SourceFile file, @Nullable BlockTree body) {
        return body == null ? 0 : file.lastLine(body) - file.firstLine(body) - 1;
    }

    private static Stream<String> longFile(SourceFile file) {
        long lines = file.text().lines().count();
        long most = file.isTest() ? TEST_LINES_MAX : FILE_LINES_MAX;
        return lines > most
                ? Stream.of(file.at((int) lines, "the last of %d lines".formatted(lines)))
                : Stream.empty();
    }

    private static Stream<String> manyParameters(SourceFile file) {
        return file.all(ClassTree.class)
                .flatMap(type ->
                        type.getMembers().stream()
                                .filter(MethodTree.class::isInstance)
                                .map(MethodTree.class::cast)
                                .filter(method -> !isCanonical(type, method)))
                .filter(method -> method.getParameters().size() > PARAMETERS_MAX)
                .map(method ->
                        file.at(
                                method,
                                "%s takes %d parameters"
                                        .formatted(
                                                method.getName(), method.getParameters().size())));
    }

    private static boolean isCanonical(ClassTree type, MethodTree method) {
        return type.getKind() == Tree.Kind.RECORD
                && method.getReturnType() == null
                && method.getParameters().size() == components(type);
    }

    private static long components(ClassTree type) {
        return type.getMembers().stream()
                .filter(member -> member instanceof VariableTree field && !isStatic(field))
                .count();
    }

    private static boolean isStatic(VariableTree field) {
        return field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private static Stream<String> undocumented(SourceFile file) {
        return file.nodes().stream()
                .filter(StyleRule::isPublicType)
                .filter(type -> file.trees().getDocComment(type) == null)
                .map(type ->
                        file.at(
                                type.getLeaf(),
                                ((ClassTree) type.getLeaf()).getSimpleName() + " says nothing"));
    }

    private static boolean isPublicType(TreePath path) {
        return path.getLeaf() instanceof ClassTree type
                && (type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                        || isInPublicInterface(path));
    }

    /// Types inside an interface are public without saying so.
    private static boolean isInPublicInterface(TreePath path) {
        TreePath outer = path.getParentPath();
        return outer.getLeaf().getKind() == Tree.Kind.INTERFACE && isPublicType(outer);
    }

    private static Stream<String> emptyNames(SourceFile file) {
        return file.all(ClassTree.class)
                .filter(type ->
                        Arrays.stream(Words.HUMPS.split(type.getSimpleName()))
                                .anyMatch(Words.EMPTY::contains))
                .map(type -> file.at(type, type.getSimpleName() + " does not say what it is"));
    }

    private static Stream<String> sleeps(SourceFile file) {
        Stream<Tree> calls =
                file.all(MemberSelectTree.class)
                        .filter(select -> select.getIdentifier().contentEquals("sleep"))
                        .map(select -> select);
        Stream<Tree> references =
                file.all(MemberReferenceTree.class)
                        .filter(reference -> reference.getName().contentEquals("sleep"))
                        .map(reference -> reference);
        return Stream.concat(calls, references)
                .filter(_ -> file.isTest())
                .map(sleep -> file.at(sleep, "await the condition instead"));
    }

    private static Stream<String> disabled(SourceFile file) {
        return file.all(AnnotationTree.class)
                .filter(mark ->
                        mark.getAnnotationType()
                                .toString()
                                .matches("(.*\\.)?(Disabled\\w*|Ignore)"))
                .map(mark -> file.at(mark, "mend the test or delete it"));
    }

    private static Stream<String> mocks(SourceFile file) {
        return file.all(ImportTree.class)
                .filter(imported ->
                        Words.MOCKING.stream()
                                .anyMatch(imported.getQualifiedIdentifier().toString()::startsWith))
                .map(imported -> file.at(imported, "write a small fake at our own seam"));
    }
}
