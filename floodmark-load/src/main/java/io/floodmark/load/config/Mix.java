package io.floodmark.load.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The kinds of operation in whole percent of all operations; they add up to 100.
///
/// @param shares share by kind, above 0, in the order in which they are shown
public record Mix(Map<String, Integer> shares) {

    public Mix {
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        if (shares.values().stream().anyMatch(share -> share < 1 || share > 100)
                || shares.values().stream().mapToInt(Integer::intValue).sum() != 100) {
            throw new IllegalArgumentException("shares are 1 to 100 and add up to 100: " + shares);
        }
    }

    /// The share of `kind`, 0 when it has none.
    public int percent(String kind) {
        return shares.getOrDefault(kind, 0);
    }

    /// As a user would write it: `insert=63,update=27,read=10`.
    @Override
    public String toString() {
        return shares.entrySet().stream()
                .map(share -> share.getKey() + "=" + share.getValue())
                .collect(Collectors.joining(","));
    }
}
