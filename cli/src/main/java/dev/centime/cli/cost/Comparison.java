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
        var table = Table.of(shown(
                        Words.capital(by),
                        ">" + headings.getFirst(),
                        ">" + headings.get(1),
                        ">" + headings.getLast(),
                        ">%",
                        "Status",
                        ">Compared")
                .toArray(String[]::new));
        for (var item : json.path("items")) {
            var key = item.path("key");
            table.row(cells(Amounts.isAbsent(key) ? "(none)" : key.asText(), item));
        }
        var total = json.path("total");
        return Heading.title(title, terminal)
                + table.row(cells("Total", total)).draw(terminal)
                + "\n" + Amounts.count(total.path("compared_requests")) + " of "
                + Amounts.count(total.path("requests")) + " calls are compared; "
                + Amounts.count(total.path(silent)) + " have nothing to compare, "
                + Amounts.count(total.path("unpriced_requests")) + " no known price.\n";
    }

    private String[] cells(String key, JsonNode figures) {
        var compared = figures.path("compared_requests").asLong() > 0;
        return shown(
                        key,
                        compared ? Amounts.money(figures.path(columns.getFirst())) : "—",
                        compared ? Amounts.money(figures.path(columns.get(1))) : "—",
                        compared ? Amounts.money(figures.path(columns.get(2))) : "—",
                        Amounts.signedPercent(figures.path(columns.getLast())),
                        Amounts.text(figures.path("status")),
                        Amounts.count(figures.path("compared_requests")))
                .toArray(String[]::new);
    }

    /** Not every comparison is judged. */
    private List<String> shown(String... cells) {
        var all = new ArrayList<String>(List.of(cells));
        if (!judged()) {
            all.remove(cells.length - 2);
        }
        return all;
    }

    private boolean judged() {
        return json.path("total").has("status");
    }

    @Override
    public List<List<String>> rows() {
        var names = new ArrayList<String>();
        names.add("key");
        names.addAll(columns);
        if (judged()) {
            names.add("status");
        }
        names.addAll(List.of("requests", "compared_requests", "unpriced_requests", silent));
        return Report.rows(names, json.path("items"));
    }
}
