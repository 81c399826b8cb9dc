package io.floodmark.load.config;

import java.util.List;

/// Texts that a source offers for a setting; more than one only for lists.
record Candidate(List<String> texts, Source source) {

    Candidate {
        texts = List.copyOf(texts);
    }
}
