package io.floodmark.store.tck.history;

/// Of each query, the first and the last position that matched in the rounds checked so far; all
/// that later checks need to know of them.
final class MatchHistory {

    private final long[] firsts;
    private final long[] lasts;

    MatchHistory(int queries) {
        this.firsts = new long[queries];
        this.lasts = new long[queries];
    }

    void add(int query, long position) {
        if (lasts[query] == 0) {
            firsts[query] = position;
        }
        lasts[query] = Math.max(lasts[query], position);
    }

    /// Whether anything matched above `after`.
    boolean hasMatchAfter(int query, long after) {
        return lasts[query] > after;
    }

    /// Whether `position` can be the first match above `after`, given that there is one.
    boolean canBeFirstAfter(int query, long after, long position) {
        return after < firsts[query]
                ? position == firsts[query]
                : position > after && position <= lasts[query];
    }

    /// The last position that matched, 0 if none did.
    long last(int query) {
        return lasts[query];
    }
}
