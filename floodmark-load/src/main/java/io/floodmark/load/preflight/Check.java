package io.floodmark.load.preflight;

/// One safety check and its finding.
///
/// @param name stable short name (`connections`, `disk`)
/// @param outcome what it came to
/// @param sentence what was found, with the arithmetic
/// @param whatNext what the user can do; empty when there is nothing to do
public record Check(String name, Outcome outcome, String sentence, String whatNext) {

    static Check pass(String name, String sentence) {
        return new Check(name, Outcome.PASS, sentence, "");
    }

    static Check warn(String name, String sentence, String whatNext) {
        return new Check(name, Outcome.WARN, sentence, whatNext);
    }

    static Check refuse(String name, String sentence, String whatNext) {
        return new Check(name, Outcome.REFUSE, sentence, whatNext);
    }

    static Check unknown(String name, String sentence, String whatNext) {
        return new Check(name, Outcome.UNKNOWN, sentence, whatNext);
    }

    /// One line for a terminal.
    public String toText() {
        String line = "%-8s%s: %s".formatted(outcome.label(), name, sentence);
        return whatNext.isEmpty() ? line : line + " -> " + whatNext;
    }
}
