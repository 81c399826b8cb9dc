package io.floodmark.ingest.http;

import java.time.Duration;
import java.util.Optional;

/// A request that is answered with an error and of which nothing was taken.
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final int status;
    private final String code;
    private final transient Optional<Duration> retryAfter;

    private Problem(int status, String code, String sentence, Optional<Duration> retryAfter) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    static Problem of(int status, String code, String sentence) {
        return new Problem(status, code, sentence, Optional.empty());
    }

    static Problem unauthorized(String sentence) {
        return of(401, "unauthorized", sentence);
    }

    static Problem wrongType(String sentence) {
        return of(415, "unsupported_media_type", sentence);
    }

    static Problem overQuota(String sentence, Duration retryAfter) {
        return new Problem(429, "quota", sentence, Optional.of(retryAfter));
    }

    static Problem overloaded(String sentence) {
        return new Problem(503, "overloaded", sentence, Optional.of(SOON));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
