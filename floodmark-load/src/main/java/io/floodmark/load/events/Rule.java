package io.floodmark.load.events;

/// A rule of the library that its log must keep whoever wrote to it at the same time.
enum Rule {
    ADDED_ONCE("a book is added only when the library does not have it"),
    REMOVED_FROM_SHELF("a book is removed only from the shelf"),
    LENT_ONCE("no book is lent twice"),
    LENT_FROM_SHELF("no book is lent that the library does not have"),
    REGISTERED("only registered readers borrow"),
    LOAN_LIMIT("no reader holds more books than the loan limit"),
    RETURNED_BY_BORROWER("a book is returned only by who has it"),
    REGISTERED_ONCE("no reader is registered twice"),
    CANCELLED_EMPTY_HANDED("a registration is cancelled only once, and of readers without books");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
