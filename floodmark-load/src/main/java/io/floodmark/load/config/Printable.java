package io.floodmark.load.config;

import java.util.regex.Pattern;

/// Makes foreign text fit for a one-line message: short, without control characters, without the
/// password of an address that was put in the wrong place.
final class Printable {

    private static final int LENGTH_MAX = 80;
    // Beyond it nothing is shown, so that masking stays cheap and cannot miss an @ far away.
    private static final int MASKED_MAX = 1_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}|\\p{Zl}|\\p{Zp}");
    // Greedy to the last @: a password may contain one.
    private static final Pattern USER_INFO = Pattern.compile("[^\\s\"]*:.*@");
    private static final Pattern PASSWORD_PARAMETER =
            Pattern.compile("(?i)(pass(?:word|wd)?\\s*[=:]).*");

    private Printable() {}

    static String quote(String text) {
        return "\"" + clean(text) + "\"";
    }

    static String clean(String text) {
        if (text.length() > MASKED_MAX) {
            return "(" + text.length() + " characters)";
        }
        String masked = USER_INFO.matcher(CONTROL.matcher(text).replaceAll("?")).replaceAll("***@");
        masked = PASSWORD_PARAMETER.matcher(masked).replaceAll("$1***");
        return masked.length() <= LENGTH_MAX ? masked : masked.substring(0, LENGTH_MAX) + "...";
    }
}
