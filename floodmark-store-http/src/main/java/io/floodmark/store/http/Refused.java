package io.floodmark.store.http;

/// A request that is answered with an error: which status, and a sentence for whoever sent it.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    static Refused badRequest(String sentence) {
        return new Refused(400, sentence);
    }

    static Refused tooLarge(String sentence) {
        return new Refused(413, sentence);
    }

    static Refused wrongMediaType(String sentence) {
        return new Refused(415, sentence);
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
