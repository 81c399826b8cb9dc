package io.floodmark.load.threshold;

/// A threshold that does not follow the grammar: where it breaks, what was expected, an example.
public final class ThresholdSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;
    private final String detail;

    ThresholdSyntaxException(String expression, int position, String expected) {
        super(
                "threshold \""
                        + expression.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?")
                        + "\" "
                        + detail(position, expected));
        this.position = position;
        this.detail = detail(position, expected);
    }

    private static String detail(int position, String expected) {
        return "breaks at position "
                + position
                + ": expected "
                + expected
                + "; for example "
                + Threshold.EXAMPLE;
    }

    /// The first character that does not fit, counted from 1.
    public int position() {
        return position;
    }

    /// The message without the expression: `breaks at position 10: expected ...`.
    public String detail() {
        return detail;
    }
}
