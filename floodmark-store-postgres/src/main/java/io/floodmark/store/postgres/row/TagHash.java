package io.floodmark.store.postgres.row;

import io.floodmark.store.Event;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/// The number by which a tag is indexed: [Tag#stableHash()], the first 8 bytes, big-endian, of the
/// SHA-256 of its text in UTF-8.
///
/// A promoted payload member is indexed as the tag `key=value` would be. Two texts can share a
/// hash: whoever finds an event by hash checks it with `Query.matches`.
public final class TagHash {
    private TagHash() {}

    /// The hash of a tag.
    public static long of(Tag tag) {
        return tag.stableHash();
    }

    /// The hash of a promoted payload member.
    public static long of(PayloadMatch member) {
        return member(member.key(), member.value());
    }

    /// The distinct hashes, ascending, under which `event` is indexed: one for each tag, and one
    /// for each promoted key that its payload has as a string that a query can ask for.
    public static long[] of(Event event, Collection<String> promotedKeys) {
        long[] hashes = new long[event.tags().size() + promotedKeys.size()];
        int count = 0;
        for (Tag tag : event.tags()) {
            hashes[count++] = of(tag);
        }
        for (String key : promotedKeys) {
            Optional<Long> member = member(event, key);
            if (member.isPresent()) {
                hashes[count++] = member.get();
            }
        }
        return distinct(hashes, count);
    }

    private static long[] distinct(long[] hashes, int count) {
        Arrays.sort(hashes, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || hashes[kept - 1] != hashes[i]) {
                hashes[kept++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, kept);
    }

    private static Optional<Long> member(Event event, String key) {
        return event.payload()
                .stringMember(key)
                .filter(value -> value.length() <= PayloadMatch.MAX_VALUE_CHARS)
                .map(value -> member(key, value));
    }

    private static long member(String key, String value) {
        byte[] text = (key + "=" + value).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(sha256().digest(text)).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
