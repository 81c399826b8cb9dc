package io.floodmark.store;

import java.util.regex.Pattern;

/// The identity of a query: equal for queries that ask the same in another order. Snapshots are
/// kept under it.
///
/// @param hex SHA-256 as 64 lower-case hexadecimal digits
public record QueryHash(String hex) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public QueryHash {
        if (!SHA_256.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "A query hash has 64 lower-case hexadecimal digits, not "
                            + hex.length()
                            + " chars; take it from Query.hash()");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
