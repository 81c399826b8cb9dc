package io.floodmark.store.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.observe.AnsweredBy;
import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.observe.Failure;
import io.floodmark.store.observe.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The documented list of names against the code.
final class DocumentationTest {
    // The build runs tests in their module's folder.
    private static final Path DOCUMENT = Path.of("../docs/store-observability.md");

    static Stream<String> names() {
        return Stream.of(
                        Arrays.stream(Operation.values()).map(it -> StoreMeter.PREFIX + it.label()),
                        Stream.of(MicrometerStoreListener.COMMIT),
                        Arrays.stream(StoreMeter.values()).map(StoreMeter::getName),
                        Arrays.stream(StoreKey.values()).map(StoreKey::asString),
                        Arrays.stream(Failure.values()).map(Failure::label),
                        Arrays.stream(AnsweredBy.values()).map(AnsweredBy::label),
                        Arrays.stream(CommitEnd.Mode.values()).map(CommitEnd.Mode::label),
                        Stream.of(
                                "appended",
                                "repeated",
                                "conflict",
                                "superseded",
                                "nothing",
                                "done",
                                "stored",
                                StoreKey.ONGOING))
                .flatMap(names -> names);
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_name_is_documented(String name) throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("`" + name + "`");
    }

    @Test
    void every_documented_name_exists() throws IOException {
        assertThat(
                        Files.readString(DOCUMENT)
                                .lines()
                                .filter(line -> line.startsWith("| `floodmark.store."))
                                .map(line -> line.split("`", -1)[1]))
                .isNotEmpty()
                .isSubsetOf(names().toList());
    }
}
