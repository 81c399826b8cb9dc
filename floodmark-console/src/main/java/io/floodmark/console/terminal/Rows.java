package io.floodmark.console.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Rows of a frame with their rank; what does not fit is dropped from the highest rank down.
final class Rows {

    private static final AttributedStyle LABEL = AttributedStyle.DEFAULT.faint();

    private final List<Row> rows = new ArrayList<>();

    /// @param rank 0 for what must stay
    private record Row(int rank, AttributedString text) {}

    void add(int rank, AttributedString text) {
        rows.add(new Row(rank, text));
    }

    void add(int rank, String text) {
        add(rank, new AttributedString(text));
    }

    void add(int rank, AttributedStyle style, String text) {
        add(rank, new AttributedString(text, style));
    }

    void addLabelled(int rank, String label, String text) {
        addLabelled(rank, label, AttributedStyle.DEFAULT, text);
    }

    void addLabelled(int rank, String label, AttributedStyle style, String text) {
        add(
                rank,
                new AttributedStringBuilder()
                        .styled(LABEL, Figures.format("%-10s", label))
                        .styled(style, text)
                        .toAttributedString());
    }

    void addHeading(int rank, String text) {
        add(rank, LABEL, text);
    }

    void addBlank(int rank) {
        add(rank, "");
    }

    List<AttributedString> fitting(int width, int height) {
        List<Row> kept = new ArrayList<>(rows);
        while (kept.size() > height) {
            kept.remove(leastImportant(kept));
        }
        return kept.stream().map(row -> row.text().columnSubSequence(0, width)).toList();
    }

    private static int leastImportant(List<Row> rows) {
        int found = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).rank() >= rows.get(found).rank()) {
                found = i;
            }
        }
        return found;
    }
}
