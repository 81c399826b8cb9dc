package io.floodmark.console.report;

/// How the values of two neighbouring seconds become one; NaN stands for no value.
enum Merge {
    FIRST {
        @Override
        double of(double earlier, double later) {
            return earlier;
        }
    },
    LAST {
        @Override
        double of(double earlier, double later) {
            return later;
        }
    },
    SUM {
        @Override
        double of(double earlier, double later) {
            return earlier + later;
        }
    },
    HIGHEST {
        @Override
        double of(double earlier, double later) {
            return later > earlier || Double.isNaN(earlier) ? later : earlier;
        }
    },
    LOWEST {
        @Override
        double of(double earlier, double later) {
            return later < earlier || Double.isNaN(earlier) ? later : earlier;
        }
    };

    abstract double of(double earlier, double later);
}
