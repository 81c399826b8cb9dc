package io.floodmark.load.engine;

import io.floodmark.load.time.SeededRandom;
import java.util.List;

/// Draws the kind of each operation by its share.
///
/// *Threads.* Confined to one thread.
final class Mix {

    private final double[] upTo;
    private final SeededRandom random;

    Mix(List<OperationShare> shares, SeededRandom random) {
        double sum = 0;
        upTo = new double[shares.size()];
        for (int kind = 0; kind < upTo.length; kind++) {
            sum += shares.get(kind).percent();
            upTo[kind] = sum / 100;
        }
        if (Math.abs(sum - 100) > 1e-6) {
            throw new IllegalArgumentException("the shares " + shares + " add up to " + sum);
        }
        this.random = random;
    }

    int nextKind() {
        if (upTo.length == 1) {
            return 0;
        }
        double draw = random.nextDouble();
        int kind = 0;
        while (kind < upTo.length - 1 && draw >= upTo[kind]) {
            kind++;
        }
        return kind;
    }
}
