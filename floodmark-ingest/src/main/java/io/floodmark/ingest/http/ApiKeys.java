package io.floodmark.ingest.http;

import io.floodmark.ingest.flow.Quota;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who may send, known by the SHA-256 of their keys. *Threads:* for all.
///
/// A file has a line for each key: `name sha256 [events/s [bytes/s]]`, `-` for no quota, `#` before
/// comments. Several keys may have one name, so that a new one can replace an old one in peace;
/// they are then one sender with the quota of its first line.
public final class ApiKeys {
    /// Whoever sends where no keys are asked for.
    static final Sender ANYBODY =
            new Sender("", new Quota(OptionalLong.empty(), OptionalLong.empty(), 0));

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int FIELDS_MAX = 4;

    private final List<Key> keys;

    private ApiKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Who sends.
    ///
    /// @param name whose events these are
    /// @param quota what may be sent
    record Sender(String name, Quota quota) {}

    private static final class Key {
        private final byte[] hash;
        private final Sender sender;

        Key(byte[] hash, Sender sender) {
            this.hash = hash;
            this.sender = sender;
        }
    }

    /// No keys: everybody may send.
    public static ApiKeys none() {
        return new ApiKeys(List.of());
    }

    /// The keys of a file.
    ///
    /// @param nowNanos the monotonic clock's reading, for the quotas
    /// @throws IllegalArgumentException that names the line
    public static ApiKeys parse(List<String> lines, long nowNanos) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                keys.add(key(line.split("\\s+"), i + 1, keys, nowNanos));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key in it, so that nobody could send");
        }
        return new ApiKeys(keys);
    }

    private static Key key(String[] fields, int line, List<Key> before, long nowNanos) {
        if (fields.length < 2
                || fields.length > FIELDS_MAX
                || !NAME.matcher(fields[0]).matches()
                || !HASH.matcher(fields[1]).matches()) {
            throw new IllegalArgumentException(
                    "line %d is not: name sha256 [events/s [bytes/s]]".formatted(line));
        }
        try {
            Quota quota = new Quota(number(fields, 2), number(fields, 3), nowNanos);
            Sender sender =
                    before.stream()
                            .map(key -> key.sender)
                            .filter(known -> known.name().equals(fields[0]))
                            .findFirst()
                            .orElse(new Sender(fields[0], quota));
            return new Key(HexFormat.of().parseHex(fields[1]), sender);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line %d has a quota that is no number from 1".formatted(line), e);
        }
    }

    private static OptionalLong number(String[] fields, int index) {
        return index >= fields.length || fields[index].equals("-")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(fields[index]));
    }

    /// The line of a key, to be put into the file.
    public static String line(String name, String key) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name has 1 to 64 letters, digits, _, . or -, was " + name);
        }
        return name + " " + HexFormat.of().formatHex(hash(key));
    }

    /// Whose key this is.
    ///
    /// @throws Problem when it is nobody's
    Sender sender(Optional<String> key) {
        if (keys.isEmpty()) {
            return ANYBODY;
        }
        byte[] hash =
                hash(
                        key.orElseThrow(() ->
                                Problem.unauthorized(
                                        "a key is needed: Authorization: Bearer KEY, or X-API-Key: KEY")));
        @Nullable Sender found = null;
        for (Key known : keys) {
            // No early end: the time must not tell where in the list a key is.
            if (MessageDigest.isEqual(known.hash, hash)) {
                found = known.sender;
            }
        }
        if (found == null) {
            throw Problem.unauthorized("this key is not known");
        }
        return found;
    }

    /// Whether keys are asked for.
    boolean required() {
        return !keys.isEmpty();
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
