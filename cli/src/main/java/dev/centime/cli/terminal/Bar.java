package dev.centime.cli.terminal;

import java.io.PrintStream;

/** How far a long piece of work has come: a bar that fills on a terminal, a line at each quarter elsewhere. */
public final class Bar implements AutoCloseable {
    private static final int COLUMNS = 24;

    private final PrintStream out;
    private final Terminal terminal;
    private final String title;
    private long whole;
    private int quarter;

    public Bar(PrintStream out, Terminal terminal, String title, long whole) {
        this.out = out;
        this.terminal = terminal;
        this.title = title;
        this.whole = Math.max(1, whole);
    }

    /** What is whole, once it is known. */
    public void of(long known) {
        whole = Math.max(1, known);
    }

    /** What goes on before there is a whole to be a part of; drawn over, so on a terminal alone. */
    public void before(String what) {
        if (terminal.interactive()) {
            out.print("\r\033[K" + title + " " + what);
            out.flush();
        }
    }

    public void at(long done) {
        var percent = 100 * done / whole;
        if (terminal.interactive()) {
            out.print("\r\033[K" + title + " " + terminal.cyan(filled(done, whole, COLUMNS)) + " " + percent + " %");
            out.flush();
        } else if (percent / 25 > quarter) {
            quarter = (int) (percent / 25);
            out.println(title + ": " + percent + " %");
        }
    }

    @Override
    public void close() {
        if (terminal.interactive()) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    /** A bar of that many columns; what is over the whole fills it. */
    public static String filled(double part, double whole, int columns) {
        var share = whole <= 0 ? 0 : Math.clamp(part / whole, 0, 1);
        var full = (int) Math.round(share * columns);
        return "█".repeat(full) + "░".repeat(columns - full);
    }
}
