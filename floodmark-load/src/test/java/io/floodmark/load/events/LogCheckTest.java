package io.floodmark.load.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.record.WriteCheck;
import io.floodmark.store.Position;
import io.floodmark.store.memory.InMemoryEventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The check finds what is planted.
final class LogCheckTest {

    private final Library library =
            new Library(new InMemoryEventStore(), "books", "3", "readers", "2", "loan-limit", "2");

    @Nested
    final class Acknowledged_events {

        @Test
        void are_found_at_their_positions() {
            library.ledger.sent(5, 0);
            library.ledger.acknowledged(5, library.write(Fact.COPY_ADDED, Subject.book(1), 5));

            WriteCheck check = library.check();

            assertThat(check.acknowledged()).isEqualTo(1);
            assertThat(check.found()).isEqualTo(1);
            assertThat(check.lossFree()).isTrue();
        }

        @Test
        void that_are_not_in_the_log_are_lost() {
            library.ledger.sent(5, 0);
            library.ledger.acknowledged(5, Position.of(1));

            WriteCheck check = library.check();

            assertThat(check.ackedLost()).isEqualTo(1);
            assertThat(check.lossFree()).isFalse();
        }

        @Test
        void at_another_position_are_a_violation() {
            library.ledger.sent(5, 0);
            library.write(Fact.COPY_ADDED, Subject.book(1), 5);
            library.ledger.acknowledged(5, Position.of(2));

            assertThat(library.check().violations())
                    .containsExactly("1 events are not at the position that was acknowledged");
        }

        @Test
        void that_come_after_the_check_has_begun_stay_unknown() {
            library.ledger.sent(5, 0);
            library.ledger.freeze();
            library.ledger.acknowledged(5, library.write(Fact.COPY_ADDED, Subject.book(1), 5));

            WriteCheck check = library.check();

            assertThat(check.acknowledged()).isZero();
            assertThat(check.unknownFound()).isEqualTo(1);
        }
    }

    @Test
    void events_of_another_run_are_left_alone() {
        Library other = new Library(library.store, "books", "3", "readers", "2");
        Chronicle foreign =
                new Chronicle(
                        new Names("other2"),
                        1,
                        io.floodmark.load.time.SystemTime.INSTANCE,
                        java.time.Instant.EPOCH);
        other.write(
                foreign.event(new Decision.Happens(Fact.COPY_LENT, Subject.loan(900, 900)), 5, 0));

        WriteCheck check = library.check();

        assertThat(check.lossFree()).isTrue();
        assertThat(check.unknownFound()).isZero();
    }

    @Nested
    final class A_log_that_breaks_a_rule {

        private long operation;

        @BeforeEach
        void open() {
            happens(Fact.COPY_ADDED, Subject.book(0));
            happens(Fact.COPY_ADDED, Subject.book(1));
            happens(Fact.COPY_ADDED, Subject.book(2));
            happens(Fact.READER_REGISTERED, Subject.reader(0));
            happens(Fact.READER_REGISTERED, Subject.reader(1));
        }

        private void happens(Fact fact, Subject subject) {
            library.write(fact, subject, EventIdCode.SEEDS + operation++);
        }

        private void assertBroken(Rule rule, String where) {
            assertThat(library.check().violations())
                    .containsExactly(
                            "the log breaks the rule \"%s\" 1 times, first with %s"
                                    .formatted(rule.sentence(), where));
        }

        @Test
        void by_lending_a_book_twice() {
            happens(Fact.COPY_LENT, Subject.loan(0, 0));
            happens(Fact.COPY_LENT, Subject.loan(0, 1));

            assertBroken(Rule.LENT_ONCE, "book 0 reader 1 at position 7");
        }

        @Test
        void by_lending_more_than_the_limit() {
            happens(Fact.COPY_LENT, Subject.loan(0, 0));
            happens(Fact.COPY_LENT, Subject.loan(1, 0));
            happens(Fact.COPY_LENT, Subject.loan(2, 0));

            assertBroken(Rule.LOAN_LIMIT, "book 2 reader 0 at position 8");
        }

        @Test
        void by_lending_what_is_not_there_to_who_is_not_registered() {
            happens(Fact.COPY_REMOVED, Subject.book(0));
            happens(Fact.READER_CANCELLED, Subject.reader(0));
            happens(Fact.COPY_LENT, Subject.loan(0, 0));

            assertThat(library.check().violations())
                    .hasSize(2)
                    .anyMatch(sentence -> sentence.contains(Rule.LENT_FROM_SHELF.sentence()))
                    .anyMatch(sentence -> sentence.contains(Rule.REGISTERED.sentence()));
        }

        @Test
        void by_taking_a_book_back_from_somebody_else() {
            happens(Fact.COPY_LENT, Subject.loan(0, 0));
            happens(Fact.COPY_RETURNED, Subject.loan(0, 1));

            assertBroken(Rule.RETURNED_BY_BORROWER, "book 0 reader 1 at position 7");
        }

        @Test
        void by_removing_a_lent_book() {
            happens(Fact.COPY_LENT, Subject.loan(0, 0));
            happens(Fact.COPY_REMOVED, Subject.book(0));

            assertBroken(Rule.REMOVED_FROM_SHELF, "book 0 at position 7");
        }

        @Test
        void by_adding_and_registering_twice_and_cancelling_a_borrower() {
            happens(Fact.COPY_ADDED, Subject.book(0));
            happens(Fact.READER_REGISTERED, Subject.reader(1));
            happens(Fact.COPY_LENT, Subject.loan(0, 0));
            happens(Fact.READER_CANCELLED, Subject.reader(0));

            assertThat(library.check().violations())
                    .hasSize(3)
                    .anyMatch(sentence -> sentence.contains(Rule.ADDED_ONCE.sentence()))
                    .anyMatch(sentence -> sentence.contains(Rule.REGISTERED_ONCE.sentence()))
                    .anyMatch(
                            sentence -> sentence.contains(Rule.CANCELLED_EMPTY_HANDED.sentence()));
        }
    }
}
