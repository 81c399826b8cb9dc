package io.floodmark.load.events;

/// Where a copy of a book is.
enum Place {
    ELSEWHERE,
    ON_THE_SHELF,
    LENT
}
