package io.floodmark.load.table;

/// How written rows tell which operation of which run wrote them: an inserted row by its e-mail
/// address, which is never updated (`ada.lovelace+<operation>-<row>@<run>.example`), an updated one
/// by the head of its data (`u<run>:<operation>:...`).
///
/// @param run the run's mark, letters and digits only
record RowMarks(String run) {

    private static final String SEED_MARK = "s";

    RowMarks {
        if (!run.matches("[a-z0-9]{1,40}")) {
            throw new IllegalArgumentException("the mark of a run is letters and digits: " + run);
        }
    }

    String insertedEmail(String mailbox, long operation, int row) {
        return mailbox + '+' + operation + '-' + row + '@' + run + ".example";
    }

    String seededEmail(String mailbox, long row) {
        return mailbox + '+' + SEED_MARK + row + '@' + run + ".example";
    }

    String updatedData(String block, long operation) {
        return 'u' + run + ':' + operation + ':' + block;
    }

    /// A LIKE pattern; the marks hold no wildcard.
    String insertedPattern() {
        return "%@" + run + ".example";
    }

    String seededPattern() {
        return "%+" + SEED_MARK + "%@" + run + ".example";
    }

    String updatedPattern() {
        return "u" + run + ":%";
    }
}
