package io.floodmark.store.postgres.tune;

import java.util.Set;

/// One piece of advice that is often followed and does nothing for an event store, or harms it.
///
/// @param advice as it is usually written
/// @param effect what it does
/// @param roles where the advice is about
/// @param why one or two sentences, with the measurement if there is one
/// @param sign how to see on a server that somebody followed it
public record Doubtful(String advice, Effect effect, Set<Role> roles, String why, Sign sign) {

    /// Copies the roles.
    public Doubtful {
        roles = Set.copyOf(roles);
    }

    /// What following the advice does.
    public enum Effect {
        /// Nothing changes.
        NOTHING("no effect"),
        /// Something gets worse.
        HARM("harms");

        private final String label;

        Effect(String label) {
            this.label = label;
        }

        /// In one or two lower-case words.
        public String label() {
            return label;
        }
    }

    /// How to see on a server that somebody followed the advice.
    public sealed interface Sign {

        /// A setting has a value in this range, or this word: both limits are the word then.
        record SettingBetween(String setting, String least, String most) implements Sign {

            static SettingBetween word(String setting, String word) {
                return new SettingBetween(setting, word, word);
            }

            boolean seenIn(String present, String unit) {
                return present.equalsIgnoreCase(least)
                        || SettingValue.between(present, least, most, unit);
            }
        }

        /// An index in the store's schema, or on any table named `events`, looks like this.
        record IndexOf(Index kind) implements Sign {}

        /// The server does not tell.
        record None() implements Sign {}
    }

    /// Indexes that an event store is better off without.
    public enum Index {
        /// GIN with a pending list, PostgreSQL's default.
        GIN_PENDING_LIST,
        /// GIN on a column named `metadata`.
        GIN_METADATA,
        /// A B-tree on the event type alone.
        TYPE_ONLY
    }
}
