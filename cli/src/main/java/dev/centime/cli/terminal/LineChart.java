package dev.centime.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A line of box characters over days, with money on its upright axis. */
public final class LineChart {
    private static final int ROWS = 8;
    private static final int WIDEST_POINT = 3;
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    private final List<String> labels;
    private final double[] values;

    /**
     * @param labels of the points, as many as values; as many as fit are shown
     */
    public LineChart(List<String> labels, double[] values) {
        if (labels.size() != values.length || values.length == 0) {
            throw new IllegalArgumentException("a chart needs points, and a label for each");
        }
        this.labels = labels;
        this.values = values.clone();
    }

    public String draw(Terminal terminal) {
        var step = step(Arrays.stream(values).max().orElse(0));
        var top = step * ROWS;
        var margin = Math.max(
                Dollars.tick(top, step).length(), Dollars.tick(top - step, step).length());
        var room = terminal.columns() - margin - 3;
        var points = fitted(room);
        var wide = Math.clamp(room / points.length, 1, WIDEST_POINT);
        var grid = grid(points, wide, step);

        var text = new StringBuilder();
        for (var row = 0; row <= ROWS; row++) {
            var value = top - row * step;
            var tick = row % 2 == 0 ? Dollars.tick(value, step) : "";
            text.append(" ".repeat(margin - tick.length())).append(terminal.faint(tick + " │"));
            text.append(terminal.cyan(new String(grid[row]).stripTrailing())).append('\n');
        }
        text.append(" ".repeat(margin))
                .append(terminal.faint(" └" + "─".repeat(points.length * wide)))
                .append('\n');
        text.append(" ".repeat(margin + 2))
                .append(terminal.faint(axis(points.length * wide)))
                .append('\n');
        return text.toString();
    }

    /** One value a column at least: where there are more days than columns, each column is the mean of its days. */
    private double[] fitted(int room) {
        if (values.length <= room) {
            return values;
        }
        var points = new double[room];
        for (var column = 0; column < room; column++) {
            var from = column * values.length / room;
            var to = Math.max(from + 1, (column + 1) * values.length / room);
            points[column] = Arrays.stream(values, from, to).average().orElse(0);
        }
        return points;
    }

    private static char[][] grid(double[] points, int wide, double step) {
        var grid = new char[ROWS + 1][points.length * wide];
        for (var row : grid) {
            Arrays.fill(row, ' ');
        }
        var previous = row(points[0], step);
        for (var index = 0; index < points.length; index++) {
            var row = row(points[index], step);
            var column = index * wide;
            if (row == previous) {
                grid[row][column] = '─';
            } else {
                grid[previous][column] = row < previous ? '╯' : '╮';
                grid[row][column] = row < previous ? '╭' : '╰';
                for (var between = Math.min(row, previous) + 1; between < Math.max(row, previous); between++) {
                    grid[between][column] = '│';
                }
            }
            for (var more = 1; more < wide; more++) {
                grid[row][column + more] = '─';
            }
            previous = row;
        }
        return grid;
    }

    private static int row(double value, double step) {
        return ROWS - (int) Math.round(Math.clamp(value / step, 0, ROWS));
    }

    /** The least round step with which the highest value fits under the top. */
    private static double step(double highest) {
        if (highest <= 0) {
            return 1;
        }
        var raw = highest / ROWS;
        var magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        for (var factor : STEPS) {
            if (factor * magnitude >= raw) {
                return factor * magnitude;
            }
        }
        return 10 * magnitude;
    }

    /** The first and the last label, and the middle one where there is room for it. */
    private String axis(int columns) {
        var first = labels.getFirst();
        var last = labels.getLast();
        if (labels.size() == 1 || first.length() + last.length() + 1 > columns) {
            return first;
        }
        var line = new ArrayList<>(List.of(first));
        var middle = labels.get(labels.size() / 2);
        var gap = columns - first.length() - last.length();
        if (gap >= middle.length() + 4) {
            var left = (columns - middle.length()) / 2 - first.length();
            line.add(" ".repeat(left) + middle + " ".repeat(gap - middle.length() - left));
        } else {
            line.add(" ".repeat(gap));
        }
        line.add(last);
        return String.join("", line);
    }
}
