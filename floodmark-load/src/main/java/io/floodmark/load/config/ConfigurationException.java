package io.floodmark.load.config;

import java.util.List;

/// A configuration that cannot be used: every mistake found, one line each, without secrets.
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    public ConfigurationException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    public List<String> lines() {
        return lines;
    }
}
