package io.floodmark.store.observe;

import java.time.Duration;

/// How an operation ended.
///
/// @param events stored, or read and delivered; 0 when it failed
/// @param bytes their payloads and metadata
/// @param sqlTime spent in statements and with what they gave, without waiting for a connection. An
///   append counts the whole time of the group commits that it took part in; a read that asked two
///   servers at once counts both, so that it can be longer than the operation
public record OperationEnd(
        Outcome outcome, int events, long bytes, Duration sqlTime, AnsweredBy server) {}
