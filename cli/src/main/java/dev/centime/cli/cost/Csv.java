package dev.centime.cli.cost;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as in RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
final class Csv {
    private Csv() {}

    static String of(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    private static String cell(String text) {
        var harmless = isFormula(text) ? "'" + text : text;
        return harmless.matches("(?s).*[\",\r\n].*") ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    private static boolean isFormula(String text) {
        if (text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0) {
            return false;
        }
        return !text.matches("-?\\d+(\\.\\d+)?"); // a negative number is one
    }
}
