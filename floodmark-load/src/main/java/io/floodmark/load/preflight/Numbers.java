package io.floodmark.load.preflight;

import java.util.Locale;

/// Numbers as the sentences of this package show them.
final class Numbers {

    private static final long KIB = 1024;

    private Numbers() {}

    /// With the minus sign of the arithmetic around it.
    static String signed(long number) {
        return Long.toString(number).replace('-', '−');
    }

    /// Bytes with a binary unit: `1.5 GiB`.
    static String bytes(long bytes) {
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        if (bytes < KIB) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
