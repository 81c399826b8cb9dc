package io.floodmark.load.events;

import static io.floodmark.load.events.Library.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.engine.ConflictedOperation;
import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.SystemTime;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.memory.InMemoryEventStore;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LibraryDeskTest {

    private final InMemoryEventStore memory = new InMemoryEventStore();

    private static DoctoredStore.Doctor well() {
        return (_, appending) -> appending.run();
    }

    private Library seeded(DoctoredStore store, String... flags) {
        Library library = new Library(store, flags);
        library.seed();
        store.asked.clear();
        store.reads.clear();
        return library;
    }

    private static String[] oneBookOneReader() {
        return new String[] {"books", "1", "readers", "1", "contended", "0"};
    }

    @Nested
    final class A_wish_that_the_rules_allow {

        @Test
        void is_one_event_about_book_and_reader_and_can_be_undone() {
            Library library = seeded(new DoctoredStore(memory, well()), oneBookOneReader());

            library.desk().perform(wish(Kind.LEND, 1));
            library.desk().perform(wish(Kind.RETURN, 2));
            library.desk().perform(wish(Kind.REMOVE, 3));
            library.desk().perform(wish(Kind.ADD, 4));

            assertThat(library.log().subList(2, 6))
                    .extracting(recorded -> recorded.event().type())
                    .containsExactly(
                            "BookCopyLent", "BookCopyReturned", "BookCopyRemoved", "BookCopyAdded");
            Event lent = library.log().get(2).event();
            assertThat(lent.tags())
                    .extracting(Object::toString)
                    .containsExactly("book=run1-0", "reader=run1-0");
            assertThat(lent.payload().toString())
                    .contains("\"BookID\":\"run1-0\"", "\"ReaderID\":\"run1-0\"");
            assertThat(library.check().lossFree()).isTrue();
            assertThat(library.check().acknowledged()).isEqualTo(4);
        }

        @Test
        void registers_and_cancels_readers() {
            Library library = seeded(new DoctoredStore(memory, well()), oneBookOneReader());

            library.desk().perform(wish(Kind.REGISTER, 1));
            library.desk().perform(wish(Kind.REGISTER, 2));

            assertThat(library.log().subList(2, 4))
                    .extracting(recorded -> recorded.event().type())
                    .containsExactly("ReaderCancelled", "ReaderRegistered");
        }
    }

    @Nested
    final class A_wish_that_the_rules_refuse {

        @Test
        void is_done_with_nothing_written_and_counted() {
            DoctoredStore store = new DoctoredStore(memory, well());
            Library library = seeded(store, oneBookOneReader());
            library.desk().perform(wish(Kind.LEND, 1));
            store.asked.clear();

            library.desk().perform(wish(Kind.LEND, 2));
            library.desk().perform(wish(Kind.REMOVE, 3));

            assertThat(store.asked).isEmpty();
            assertThat(library.tallies.counts()).containsEntry("decisions_refused", 2L);
            assertThat(library.check().acknowledged()).isEqualTo(1);
        }

        @Test
        void is_refused_at_the_loan_limit() {
            Library library =
                    seeded(
                            new DoctoredStore(memory, well()),
                            "books",
                            "20",
                            "readers",
                            "1",
                            "loan-limit",
                            "3");

            for (int operation = 0; operation < 100; operation++) {
                library.desk().perform(wish(Kind.LEND, operation));
            }

            assertThat(library.tallies.counts()).containsEntry("events_appended", 2L);
            assertThat(library.check().violations()).isEmpty();
        }
    }

    @Nested
    final class A_conflict {

        /// Another library desk takes the book back and lends it again, so the decision of the
        /// doctored append is out of date.
        private void interfere(Library library, int number) {
            Subject other = Subject.reader(0);
            library.write(Fact.READER_CANCELLED, other, 1_000 + 2L * number);
            library.write(Fact.READER_REGISTERED, other, 1_001 + 2L * number);
        }

        @Test
        void is_decided_anew_from_where_it_stood_with_a_new_event() {
            Library others = new Library(memory, oneBookOneReader());
            DoctoredStore store =
                    new DoctoredStore(
                            memory,
                            (number, appending) -> {
                                if (number == 0) {
                                    interfere(others, number);
                                }
                                return appending.run();
                            });
            Library library = new Library(store, oneBookOneReader());
            others.seed();

            library.desk().perform(wish(Kind.LEND, 7));

            assertThat(store.asked).hasSize(2);
            assertThat(store.asked.getFirst().id()).isNotEqualTo(store.asked.getLast().id());
            assertThat(EventIdCode.attempt(store.asked.getLast().id())).isEqualTo(1);
            assertThat(store.reads.getLast().bounds())
                    .isInstanceOfSatisfying(
                            ReadBounds.After.class,
                            after -> assertThat(after.position().value()).isEqualTo(2));
            assertThat(library.tallies.counts())
                    .containsEntry("conflicts_retried", 1L)
                    .containsEntry("conflicts_recovered", 1L);
            assertThat(library.ledger.acknowledged()).isEqualTo(1);
            assertThat(library.ledger.unknown()).isZero();
        }

        @Test
        void ends_the_operation_as_conflicted_when_the_retries_are_used_up() {
            Library others = new Library(memory, oneBookOneReader());
            DoctoredStore store =
                    new DoctoredStore(
                            memory,
                            (number, appending) -> {
                                interfere(others, number);
                                return appending.run();
                            });
            Library library =
                    new Library(
                            store,
                            "books",
                            "1",
                            "readers",
                            "1",
                            "contended",
                            "0",
                            "conflict-retries",
                            "2");
            others.seed();

            assertThatThrownBy(() -> library.desk().perform(wish(Kind.LEND, 7)))
                    .isInstanceOf(ConflictedOperation.class);

            assertThat(store.asked).hasSize(3);
            assertThat(library.ledger.unknown() + library.ledger.acknowledged()).isZero();
            assertThat(library.tallies.counts()).containsEntry("conflicts_recovered", 0L);
        }
    }

    @Nested
    final class An_append_whose_outcome_is_unknown {

        @Test
        void is_repeated_unchanged_and_written_once() {
            DoctoredStore store =
                    new DoctoredStore(
                            memory,
                            (number, appending) -> {
                                var result = appending.run();
                                if (number == 0) {
                                    throw new AppendOutcomeUnknown("the answer was lost");
                                }
                                return result;
                            });
            Library library = new Library(store, oneBookOneReader());
            new Library(memory, oneBookOneReader()).seed();

            library.desk().perform(wish(Kind.LEND, 7));

            assertThat(store.asked)
                    .extracting(Event::id)
                    .hasSize(2)
                    .containsOnly(store.asked.getFirst().id());
            assertThat(library.log()).hasSize(3);
            assertThat(library.tallies.counts()).containsEntry("appends_repeated", 1L);
            WriteCheck check = library.check();
            assertThat(check.lossFree()).isTrue();
            assertThat(check.found()).isEqualTo(1);
        }

        @Test
        void stays_unknown_when_the_store_is_gone_meanwhile_and_is_found_by_the_check() {
            DoctoredStore store =
                    new DoctoredStore(
                            memory,
                            (number, appending) -> {
                                if (number == 0) {
                                    appending.run();
                                    throw new AppendOutcomeUnknown("the answer was lost");
                                }
                                throw new StoreUnavailable("gone");
                            });
            Library library = new Library(store, oneBookOneReader());
            new Library(memory, oneBookOneReader()).seed();

            assertThatThrownBy(() -> library.desk().perform(wish(Kind.LEND, 7)))
                    .isInstanceOf(StoreUnavailable.class);

            WriteCheck check = library.check();
            assertThat(check.unknown()).isEqualTo(1);
            assertThat(check.unknownFound()).isEqualTo(1);
            assertThat(check.ackedLost()).isZero();
        }
    }

    @Test
    void a_store_that_wrote_although_it_said_that_it_did_not_is_found_out() {
        DoctoredStore store =
                new DoctoredStore(
                        memory,
                        (_, appending) -> {
                            appending.run();
                            throw new StoreUnavailable("nothing was written");
                        });
        Library library = new Library(store, oneBookOneReader());
        new Library(memory, oneBookOneReader()).seed();

        assertThatThrownBy(() -> library.desk().perform(wish(Kind.LEND, 7)))
                .isInstanceOf(StoreUnavailable.class);

        assertThat(library.check().violations())
                .containsExactly(
                        "1 events are in the log although the store said that nothing was written");
    }

    @Test
    void nothing_is_asked_of_the_store_after_the_deadline() {
        DoctoredStore store = new DoctoredStore(memory, well());
        Library library = seeded(store, oneBookOneReader());
        long past = SystemTime.INSTANCE.nanos() - 1;

        assertThatThrownBy(() -> library.desk().perform(new LibraryDesk.Wish(Kind.LEND, 7, past)))
                .isInstanceOf(DeadlinePassed.class);

        assertThat(store.reads).isEmpty();
    }

    @Test
    void reads_go_where_they_are_told_to() {
        DoctoredStore store = new DoctoredStore(memory, well());
        seeded(store, "books", "5").desk().perform(wish(Kind.READ, 1));
        assertThat(store.reads.getLast().consistency()).isEqualTo(Consistency.strong());

        DoctoredStore other = new DoctoredStore(new InMemoryEventStore(), well());
        seeded(other, "books", "5", "read-from", "replica").desk().perform(wish(Kind.READ, 1));
        assertThat(other.reads.getLast().consistency()).isEqualTo(Consistency.eventual());
    }

    @Test
    void seeded_events_are_readable_json_with_titles() {
        Library library = seeded(new DoctoredStore(memory, well()), "books", "50", "readers", "10");

        List<RecordedEvent> log = library.log();
        assertThat(log).hasSize(85);
        assertThat(log.getFirst().event().payload().toString()).contains("\"Title\":\"");
        assertThat(library.check().violations()).isEmpty();
    }
}
