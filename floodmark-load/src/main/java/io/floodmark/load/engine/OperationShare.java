package io.floodmark.load.engine;

/// A kind of operation and its part of the mix.
///
/// @param name short, for tables and files: `insert`
/// @param percent its share, above 0 and at most 100
public record OperationShare(String name, double percent) {

    public OperationShare {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("share of " + name + ": " + percent + " %");
        }
    }
}
