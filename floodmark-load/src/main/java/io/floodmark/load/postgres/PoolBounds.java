package io.floodmark.load.postgres;

/// How many sessions a [SessionPool] may have and how many it keeps when nobody needs them, with
/// the meaning of `SetMaxOpenConns` and `SetMaxIdleConns` in Go's `database/sql`.
///
/// @param maxOpen most sessions at any moment, those being opened or closed included; at least 1
/// @param maxIdle most idle sessions kept; 0 keeps none, and more than `maxOpen` means `maxOpen`
public record PoolBounds(int maxOpen, int maxIdle) {

    public PoolBounds {
        if (maxOpen < 1) {
            throw new IllegalArgumentException("a pool of %d sessions is none".formatted(maxOpen));
        }
        if (maxIdle < 0) {
            throw new IllegalArgumentException("%d idle sessions".formatted(maxIdle));
        }
        maxIdle = Math.min(maxIdle, maxOpen);
    }
}
