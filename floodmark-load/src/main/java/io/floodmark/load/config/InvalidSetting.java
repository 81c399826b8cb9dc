package io.floodmark.load.config;

/// Why a text is no value of a setting. The message continues a sentence that begins with the
/// setting, the text and its source: `is out of range: 1 to 50`. It must not repeat the text.
public final class InvalidSetting extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidSetting(String complaint) {
        super(complaint);
    }

    static InvalidSetting outOfRange(String range) {
        return new InvalidSetting("is out of range: " + range);
    }

    static InvalidSetting malformed(String what, String range) {
        return new InvalidSetting("is not " + what + ": expected " + range);
    }

    /// The complaint; never absent, unlike [Throwable#getMessage()].
    public String complaint() {
        return String.valueOf(getMessage());
    }
}
