package dev.centime.cli.terminal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in a box. Columns are as wide as their content; when that is too wide for the terminal, the widest one gives way. */
public final class Table {
    private static final int NARROWEST_COLUMN = 8;

    private final List<String> headings = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private Table() {}

    /**
     * @param headings of the columns; {@code >} before one puts its cells to the right
     */
    public static Table of(String... headings) {
        var table = new Table();
        for (var heading : headings) {
            table.right.add(heading.startsWith(">"));
            table.headings.add(heading.startsWith(">") ? heading.substring(1) : heading);
        }
        return table;
    }

    /** Cells may hold text from outside: they are cleaned. */
    public Table row(String... cells) {
        var row = new ArrayList<String>();
        for (var cell : cells) {
            row.add(Clean.line(cell));
        }
        rows.add(row);
        return this;
    }

    public String draw(Terminal terminal) {
        var widths = widths(terminal.columns());
        var text = new StringBuilder();
        rule(text, widths, "┌", "┬", "┐");
        line(text, widths, headings, terminal, true);
        rule(text, widths, "├", "┼", "┤");
        rows.forEach(row -> line(text, widths, row, terminal, false));
        rule(text, widths, "└", "┴", "┘");
        return text.toString();
    }

    private List<Integer> widths(int columns) {
        var widths = new ArrayList<Integer>();
        for (var column = 0; column < headings.size(); column++) {
            var widest = Width.of(headings.get(column));
            for (var row : rows) {
                widest = Math.max(widest, Width.of(row.get(column)));
            }
            widths.add(widest);
        }
        var frame = 3 * headings.size() + 1;
        while (widths.stream().mapToInt(Integer::intValue).sum() + frame > columns) {
            var widest = Collections.max(widths);
            if (widest <= NARROWEST_COLUMN) {
                break; // a terminal this narrow has to wrap
            }
            widths.set(widths.indexOf(widest), widest - 1);
        }
        return widths;
    }

    private static void rule(StringBuilder text, List<Integer> widths, String left, String middle, String end) {
        text.append(left);
        for (var column = 0; column < widths.size(); column++) {
            text.append("─".repeat(widths.get(column) + 2)).append(column == widths.size() - 1 ? end : middle);
        }
        text.append('\n');
    }

    private void line(
            StringBuilder text, List<Integer> widths, List<String> cells, Terminal terminal, boolean heading) {
        text.append('│');
        for (var column = 0; column < widths.size(); column++) {
            var cell = Width.cut(cells.get(column), widths.get(column));
            var padding = " ".repeat(widths.get(column) - Width.of(cell));
            var shown = heading ? terminal.bold(cell) : cell;
            text.append(' ')
                    .append(right.get(column) ? padding + shown : shown + padding)
                    .append(" │");
        }
        text.append('\n');
    }
}
