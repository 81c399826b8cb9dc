package io.floodmark.bench.settings;

import java.time.Duration;
import java.util.List;

/// Where the values of a setting are tried, one at a time.
interface Arena extends AutoCloseable {

    /// Tries a value.
    ///
    /// @throws IllegalArgumentException when it is none
    Trial measure(String value, Duration length) throws Exception;

    /// Lets the JVM compile what will be measured.
    default void warmUp(List<String> values, Duration length) throws Exception {
        for (String value : values) {
            measure(value, length);
        }
    }

    @Override
    void close();
}
