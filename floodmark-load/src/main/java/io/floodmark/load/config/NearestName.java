package io.floodmark.load.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// Guesses what a mistyped name was meant to be.
final class NearestName {

    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();
    // Longer texts are no mistyped names, and the distance costs the product of the lengths.
    private static final int LENGTH_MAX = 64;

    private NearestName() {}

    /// The closest of `names`, when it is close: one edit in three characters, or one name begins
    /// with the other.
    static Optional<String> of(String wrong, Collection<String> names) {
        String written = wrong.toLowerCase(Locale.ROOT);
        if (written.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> close(written, name.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /// `; did you mean "rate"?`, or nothing.
    static String hint(String wrong, Collection<String> names) {
        return of(wrong, names).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    private static boolean close(String written, String name) {
        int edits = distance(written, name);
        boolean prefix =
                Math.min(written.length(), name.length()) >= 4
                        && (name.startsWith(written) || written.startsWith(name));
        return prefix || edits <= Math.max(1, Math.min(written.length(), name.length()) / 3);
    }

    private static int distance(String written, String name) {
        return DISTANCE.apply(written, name.toLowerCase(Locale.ROOT));
    }
}
