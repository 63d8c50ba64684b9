package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;

/**
 * Two figures of the same calls side by side, with how far they lie apart.
 *
 * @param by what the calls are grouped by
 * @param columns the names of both figures, their difference and its percentage in the answer
 * @param headings the same for people
 * @param silent the column that counts calls with nothing to compare
 */
record Comparison(JsonNode json, String title, String by, List<String> columns, List<String> headings, String silent)
        implements Report {

    @Override
    public String text(Terminal terminal) {
        var table = Table.of(
                Words.capital(by),
                ">" + headings.getFirst(),
                ">" + headings.get(1),
                ">" + headings.getLast(),
                ">%",
                "Status",
                ">Compared");
        for (var item : json.path("items")) {
            table.row(cells(
                    Amounts.isAbsent(item.path("key"))
                            ? "(none)"
                            : item.path("key").asText(),
                    item));
        }
        var total = json.path("total");
        return Heading.title(title, terminal)
                + table.row(cells("Total", total)).draw(terminal)
                + "\n" + Amounts.count(total.path("compared_requests")) + " of "
                + Amounts.count(total.path("requests")) + " calls are compared.\n"
                + left(total.path(silent), "say nothing to compare")
                + left(total.path("unpriced_requests"), "have no known price");
    }

    private String[] cells(String key, JsonNode figures) {
        return new String[] {
            key,
            Amounts.money(figures.path(columns.getFirst())),
            Amounts.money(figures.path(columns.get(1))),
            Amounts.money(figures.path(columns.get(2))),
            Amounts.signedPercent(figures.path(columns.getLast())),
            Amounts.text(figures.path("status")),
            Amounts.count(figures.path("compared_requests"))
        };
    }

    private static String left(JsonNode count, String why) {
        return count.asLong() == 0 ? "" : "%,d %s and are not in it.%n".formatted(count.asLong(), why);
    }

    @Override
    public List<List<String>> rows() {
        var names = new ArrayList<String>();
        names.add("key");
        names.addAll(columns);
        if (json.path("total").has("status")) {
            names.add("status");
        }
        names.addAll(List.of("requests", "compared_requests", "unpriced_requests", silent));
        var rows = new ArrayList<List<String>>();
        rows.add(names);
        for (var item : json.path("items")) {
            rows.add(names.stream().map(name -> Amounts.text(item.path(name))).toList());
        }
        return rows;
    }
}
