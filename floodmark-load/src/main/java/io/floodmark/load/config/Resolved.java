package io.floodmark.load.config;

/// A setting with its value and where the value came from, ready to be shown: secrets are masked.
///
/// @param name the setting
/// @param value as a user would write it; empty when the setting has no value in this run
/// @param source where it came from
public record Resolved(String name, String value, Source source) {}
