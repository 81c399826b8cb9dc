package io.floodmark.load.config;

/// A configuration file that cannot be used, in one line that repeats nothing of its content.
final class InvalidFile extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidFile(String line) {
        super(line);
    }

    String line() {
        return String.valueOf(getMessage());
    }
}
