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
import java.util.stream.LongStream;

/// The number by which a tag is indexed: the first 8 bytes, big-endian, of the SHA-256 of its text
/// in UTF-8.
///
/// A promoted payload member is indexed as the tag `key=value` would be. Two texts can share a hash:
/// whoever finds an event by hash checks it with `Query.matches`.
public final class TagHash {
    private static final MessageDigest SHA_256 = sha256();

    private TagHash() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The hash of a tag.
    public static long of(Tag tag) {
        return of(tag.text());
    }

    /// The hash of a promoted payload member.
    public static long of(PayloadMatch member) {
        return of(member.key() + "=" + member.value());
    }

    /// The hash of a text.
    public static long of(String text) {
        MessageDigest digest;
        try {
            digest = (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be cloned", e);
        }
        return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    /// The distinct hashes, ascending, under which `event` is indexed: one for each tag, and one for
    /// each promoted key that its payload has as a string.
    public static long[] of(Event event, Collection<String> promotedKeys) {
        LongStream tags = event.tags().stream().mapToLong(TagHash::of);
        LongStream members =
                promotedKeys.stream()
                        .flatMap(
                                key ->
                                        event
                                                .payload()
                                                .member(key)
                                                .map(value -> new PayloadMatch(key, value))
                                                .stream())
                        .mapToLong(TagHash::of);
        long[] hashes = LongStream.concat(tags, members).toArray();
        Arrays.sort(hashes);
        return distinct(hashes);
    }

    private static long[] distinct(long[] sorted) {
        return Arrays.stream(sorted).distinct().toArray();
    }
}
