package io.floodmark.load.config;

/// The kinds of operation in whole percent of all operations; they add up to 100.
///
/// @param insert bulk inserts
/// @param update updates
/// @param read reads
/// @param transaction transactions of several statements
public record Mix(int insert, int update, int read, int transaction) {

    public Mix {
        if (Math.min(Math.min(insert, update), Math.min(read, transaction)) < 0
                || (long) insert + update + read + transaction != 100) {
            throw new IllegalArgumentException("shares are 0 to 100 and add up to 100");
        }
    }

    /// As a user would write it: `insert=63,update=27,read=10`.
    @Override
    public String toString() {
        String usual = "insert=" + insert + ",update=" + update + ",read=" + read;
        return transaction == 0 ? usual : usual + ",transaction=" + transaction;
    }
}
