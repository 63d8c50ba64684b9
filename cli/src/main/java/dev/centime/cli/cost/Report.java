package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;

/** An answer in the three forms in which it can be had. */
public interface Report {
    /** For people: tables and charts. */
    String text(Terminal terminal);

    /** For spreadsheets: headings first. Money stands there with all its digits. */
    List<List<String>> rows();

    /** Headings that name fields, and a row of these fields for each item. */
    static List<List<String>> rows(List<String> columns, Iterable<JsonNode> items) {
        var rows = new ArrayList<List<String>>();
        rows.add(columns);
        for (var item : items) {
            rows.add(columns.stream()
                    .map(column -> Amounts.text(item.path(column)))
                    .toList());
        }
        return rows;
    }

    /** For programs: the answer of the REST API as it came. */
    JsonNode json();
}
