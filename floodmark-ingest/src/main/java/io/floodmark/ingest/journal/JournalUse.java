package io.floodmark.ingest.journal;

/// What the journal is for.
public enum JournalUse {
    /// It takes events while the sink is away or silent; otherwise they go to the sink directly.
    OUTAGE,
    /// It takes all events, which are acknowledged when they are on the disk.
    ALWAYS
}
