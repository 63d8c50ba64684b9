package dev.centime.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.cost.Report;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;

/** What became of an import. */
record ImportAnswer(JsonNode json) implements Report {
    private static final List<String> COUNTS =
            List.of("accepted", "duplicates", "corrected", "rejected", "ignored", "unpriced");
    private static final int SHOWN = 10;

    @Override
    public String text(Terminal terminal) {
        var report = json.path("report");
        var table = Table.of("Rows", ">Number");
        for (var count : COUNTS) {
            table.row(count, "%,d".formatted(report.path(count).asLong()));
        }
        var text = new StringBuilder(Heading.title(title(), terminal)).append(table.draw(terminal));
        text.append("\nCost of what was accepted: $")
                .append(report.path("total_cost").asText("0"))
                .append('\n');
        rejections(report, text);
        unpriced(report, text);
        for (var difference : report.path("differences")) {
            text.append("The file says %s is %s, its rows add up to %s.%n"
                    .formatted(
                            Clean.line(difference.path("what").asText()),
                            Clean.line(difference.path("stated").asText()),
                            Clean.line(difference.path("counted").asText())));
        }
        if (!json.path("failure").isNull()) {
            text.append(Clean.line("It failed: " + json.path("failure").asText()))
                    .append('\n');
        }
        return text.toString();
    }

    private String title() {
        var name = Clean.line(json.path("name").asText());
        return "Import of " + name + " (" + json.path("state").asText() + ")"
                + (json.path("dry_run").asBoolean() ? ": nothing was recorded" : "");
    }

    private static void rejections(JsonNode report, StringBuilder text) {
        var rejections = report.path("rejections");
        for (int index = 0; index < Math.min(SHOWN, rejections.size()); index++) {
            var rejection = rejections.get(index);
            var file = rejection.path("file").asText("");
            text.append(Clean.line("%sline %s: %s %s"
                            .formatted(
                                    file.isEmpty() || file.equals("null") ? "" : file + ", ",
                                    rejection.path("line").asText(),
                                    rejection.path("field").asText(),
                                    rejection.path("reason").asText())))
                    .append('\n');
        }
        var more = report.path("rejected").asLong() - Math.min(SHOWN, rejections.size());
        if (more > 0 && !rejections.isEmpty()) {
            text.append("… and %,d more; --format json lists up to a hundred.%n".formatted(more));
        }
    }

    private static void unpriced(JsonNode report, StringBuilder text) {
        for (var model : report.path("unpriced_models")) {
            text.append(Clean.line("%s has no known price (%s records)"
                            .formatted(
                                    model.path("model").asText(),
                                    model.path("records").asText())))
                    .append('\n');
        }
    }

    @Override
    public List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("rows", "number"));
        for (var count : COUNTS) {
            rows.add(List.of(count, json.path("report").path(count).asText()));
        }
        return rows;
    }
}
