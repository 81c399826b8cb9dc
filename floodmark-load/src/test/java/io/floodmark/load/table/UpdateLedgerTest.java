package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpdateLedgerTest {

    private static final long ROW = 17;

    private final UpdateLedger ledger = new UpdateLedger();

    @Test
    void an_update_that_ended_before_an_acknowledged_one_was_sent_cannot_be_the_last() {
        ledger.acknowledge(ROW, 1, 100, 110);
        ledger.acknowledge(ROW, 2, 200, 210);

        assertThat(ledger.mayBeLast(ROW, 1)).as("lost if it were").isFalse();
        assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
        assertThat(ledger.acknowledgedRows()).isEqualTo(1);
    }

    @Test
    void of_updates_that_overlapped_each_may_be_the_last() {
        ledger.acknowledge(ROW, 1, 100, 250);
        ledger.acknowledge(ROW, 2, 200, 210);

        assertThat(ledger.mayBeLast(ROW, 1)).isTrue();
        assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
    }

    @Test
    void the_order_in_which_acknowledgements_are_noted_does_not_matter() {
        ledger.acknowledge(ROW, 2, 200, 210);
        ledger.acknowledge(ROW, 1, 100, 110);

        assertThat(ledger.mayBeLast(ROW, 1)).isFalse();
        assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
    }

    @Test
    void an_update_of_unknown_outcome_may_always_be_the_last() {
        ledger.outcomeUnknown(ROW, 1);
        ledger.acknowledge(ROW, 2, 200, 210);

        assertThat(ledger.mayBeLast(ROW, 1)).isTrue();
        assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
        assertThat(ledger.unknown()).isEqualTo(1);
    }

    @Test
    void a_row_without_acknowledged_updates_expects_none() {
        ledger.outcomeUnknown(ROW, 1);

        assertThat(ledger.expectsUpdate(ROW)).isFalse();
        assertThat(ledger.mayBeLast(ROW, 99)).isTrue();
    }
}
