package io.floodmark.console.terminal;

/// A page of text that grows by lines; sentences are wrapped at 100 columns.
final class TextPage {

    static final int COLUMNS = 100;

    private final StringBuilder text = new StringBuilder();

    TextPage title(String title) {
        text.append('\n').append(title).append('\n');
        return this;
    }

    /// A line that is already laid out, or that must stay in one piece to be copied.
    TextPage verbatim(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    TextPage item(String sentence) {
        wrap(Figures.printable(sentence), "  ", "    ");
        return this;
    }

    TextPage detail(String sentence) {
        wrap(Figures.printable(sentence), "    ", "      ");
        return this;
    }

    String text() {
        return text.toString();
    }

    private void wrap(String sentence, String indent, String hanging) {
        String rest = sentence.stripTrailing();
        String margin = indent;
        while (margin.length() + rest.length() > COLUMNS) {
            int room = COLUMNS - margin.length();
            int space = rest.lastIndexOf(' ', room);
            int cut = space > room / 2 ? space : room;
            verbatim(margin + rest.substring(0, cut));
            rest = rest.substring(cut).strip();
            margin = hanging;
        }
        verbatim(margin + rest);
    }
}
