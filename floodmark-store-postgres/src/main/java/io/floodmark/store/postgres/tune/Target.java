package io.floodmark.store.postgres.tune;

import java.util.List;

/// What a setting should be: one value to recommend, and the values that are good enough to leave.
public sealed interface Target {

    /// The value to set when the present one is not good enough.
    String value();

    /// Whether a value needs no change.
    ///
    /// @param unit the setting's unit, for values without one; may be empty
    boolean metBy(String present, String unit);

    /// Only this.
    record Exactly(String value) implements Target {
        @Override
        public boolean metBy(String present, String unit) {
            return SettingValue.same(present, value, unit);
        }
    }

    /// This or more.
    record AtLeast(String value) implements Target {
        private static final String NO_LIMIT = Long.toString(1L << 49);

        @Override
        public boolean metBy(String present, String unit) {
            return SettingValue.between(present, value, NO_LIMIT, unit);
        }
    }

    /// This, or anything between the limits, both included.
    record Within(String value, String least, String most) implements Target {
        @Override
        public boolean metBy(String present, String unit) {
            return SettingValue.between(present, least, most, unit);
        }
    }

    /// This word or one of the others.
    record OneOf(String value, List<String> others) implements Target {
        /// Copies the list.
        public OneOf {
            others = List.copyOf(others);
        }

        @Override
        public boolean metBy(String present, String unit) {
            return present.equalsIgnoreCase(value)
                    || others.stream().anyMatch(present::equalsIgnoreCase);
        }
    }
}
