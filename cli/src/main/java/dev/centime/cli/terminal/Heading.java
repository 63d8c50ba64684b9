package dev.centime.cli.terminal;

/** Titles of answers, underlined. */
public final class Heading {
    private static final int LONGEST_LINE = 61;

    private Heading() {}

    public static String title(String text, Terminal terminal) {
        var clean = Clean.line(text);
        return terminal.bold(clean) + "\n" + "═".repeat(Math.min(LONGEST_LINE, terminal.columns())) + "\n\n";
    }

    public static String section(String text, Terminal terminal) {
        var clean = Clean.line(text);
        return terminal.bold(clean) + "\n" + "─".repeat(Width.of(clean)) + "\n";
    }
}
