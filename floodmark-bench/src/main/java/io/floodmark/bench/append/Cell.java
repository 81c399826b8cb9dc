package io.floodmark.bench.append;

/// What is measured in one place of the table: a store of a size under a number of callers.
record Cell(long size, int callers) implements Comparable<Cell> {

    @Override
    public int compareTo(Cell other) {
        int bySize = Long.compare(size, other.size);
        return bySize == 0 ? Integer.compare(callers, other.callers) : bySize;
    }

    /// `100000.64`, part of a result's name.
    String label() {
        return size + "." + callers;
    }
}
