package io.floodmark.load.config;

/// Which server answers reads that may be a little old.
public enum ReadFrom {
    PRIMARY("primary"),
    REPLICA("replica");

    private final String label;

    ReadFrom(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
