package io.floodmark.load.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.workload.Draws;
import io.floodmark.store.memory.InMemoryEventStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ChoicesTest {

    private static Choices choices(long seed, LibraryState known, String... flags) {
        return new Choices(new Draws(seed), Library.config(flags).events(), known);
    }

    private static List<Subject> lends(Choices choices) {
        return LongStream.range(0, 500).mapToObj(i -> choices.choose(Kind.LEND, i)).toList();
    }

    @Test
    void are_the_same_for_the_same_seed_and_state_and_others_for_another() {
        LibraryState empty = new LibraryState(1_000, 200);

        assertThat(lends(choices(1, empty))).isEqualTo(lends(choices(1, empty)));
        assertThat(lends(choices(1, empty))).isNotEqualTo(lends(choices(2, empty)));
    }

    @Test
    void prefer_what_is_likely_to_be_possible() {
        LibraryState known = new LibraryState(100, 10);
        for (int book = 0; book < 100; book += 2) {
            known.shelve(book);
        }
        Choices choices = choices(1, known, "contended", "0");

        long fitting =
                LongStream.range(0, 1_000)
                        .filter(i -> choices.choose(Kind.REMOVE, i).book().getAsInt() % 2 == 0)
                        .count();

        assertThat(fitting).isGreaterThan(980);
    }

    @Test
    void go_to_the_hot_set_as_often_as_it_was_asked_for() {
        Choices choices =
                choices(1, new LibraryState(1_000, 200), "contended", "20", "hot-set", "3");
        Set<Integer> hotBooks = new HashSet<>();
        Set<Integer> hotReaders = new HashSet<>();
        long contended = 0;
        for (long operation = 0; operation < Choices.HOT_OPERATIONS; operation++) {
            if (choices.contended(operation)) {
                contended++;
                Subject subject = choices.choose(Kind.LEND, operation);
                hotBooks.add(subject.book().getAsInt());
                hotReaders.add(subject.reader().getAsInt());
            }
        }

        assertThat(contended).isBetween(320L, 480L);
        assertThat(hotBooks).hasSize(3);
        assertThat(hotReaders).hasSize(3);
    }

    @Test
    void ids_tell_their_operation_and_attempt() {
        Library library = new Library(new InMemoryEventStore());
        Decision.Happens what = new Decision.Happens(Fact.COPY_ADDED, Subject.book(1));
        long operation = 30_123_456_789L;

        UUID id = library.chronicle.event(what, operation, 17).id();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(EventIdCode.operation(id)).isEqualTo(operation);
        assertThat(EventIdCode.attempt(id)).isEqualTo(17);
        assertThat(library.chronicle.event(what, operation, 18).id()).isNotEqualTo(id);
        assertThat(EventIdCode.operation(EventIdCode.of("x").id(1, EventIdCode.SEEDS + 5, 0)))
                .isEqualTo(EventIdCode.SEEDS + 5);
    }
}
