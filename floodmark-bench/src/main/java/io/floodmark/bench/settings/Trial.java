package io.floodmark.bench.settings;

import java.util.Map;

/// What came of one value in one round.
///
/// @param value in the unit of its setting
/// @param valid whether everything did what it should
/// @param details further numbers by name, the same names for each trial of a setting
record Trial(double value, boolean valid, Map<String, Double> details) {
    Trial {
        details = Map.copyOf(details);
    }
}
