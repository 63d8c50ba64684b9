package dev.centime.budget.channel;

import dev.centime.budget.limit.Display;
import dev.centime.budget.report.WeekBudgets;
import dev.centime.budget.report.WeekBudgets.Stood;
import dev.centime.contracts.Money;
import dev.centime.contracts.WeekReported;
import dev.centime.contracts.WeekReported.Top;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a week cost, as people read it: as plain text, and as HTML in which nothing that came from outside is more than text.
 *
 * @param organization its name
 * @param budgets how they stood at its end
 * @param names of users by id; whoever was erased keeps his id
 * @param link to where there is more
 */
record ReportText(String organization, WeekReported week, WeekBudgets budgets, Map<String, String> names, String link) {
    static final String USER = "user";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int LONGEST_NAME = 60;
    private static final String STOP =
            "You get this because an administrator asked for it in the alert settings (weekly_report).";

    /** A table: a heading, and rows of as many texts each. */
    private record Table(String heading, List<List<String>> rows) {}

    String subject() {
        return oneLine(organization) + ": " + Display.dollars(week.totalCost()) + " in the week of "
                + week.start().format(DATE);
    }

    String text() {
        var tables = tables().stream()
                .map(table -> table.heading() + "\n"
                        + table.rows().stream()
                                .map(row -> "  " + String.join("   ", row) + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        return String.join("\n", sentences()) + "\n\n" + tables + "\nMore: " + link + "\n\n" + STOP + "\n";
    }

    String html() {
        var tables = tables().stream()
                .map(table -> "<h2 style=\"font-size:16px\">" + escaped(table.heading()) + "</h2><table>"
                        + table.rows().stream().map(ReportText::cells).collect(Collectors.joining("\n"))
                        + "</table>\n")
                .collect(Collectors.joining());
        var said = sentences().stream()
                .map(sentence -> "<p>" + escaped(sentence) + "</p>\n")
                .collect(Collectors.joining());
        return "<!DOCTYPE html>\n<html lang=\"en\"><body style=\"font-family:sans-serif\">\n" + said + tables
                + "<p><a href=\"" + escaped(link) + "\">More in Centime</a></p>\n<p style=\"color:#666\">" + STOP
                + "</p>\n</body></html>\n";
    }

    private static String cells(List<String> texts) {
        return texts.stream()
                .map(text -> "<td style=\"padding-right:16px\">" + escaped(text) + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private List<String> sentences() {
        var sentences = new ArrayList<String>();
        sentences.add(oneLine(organization) + " spent " + Display.dollars(week.totalCost()) + " on "
                + counted(week.requests()) + " from " + week.start().format(DATE) + " to "
                + week.end().format(DATE) + ", "
                + compared(week.totalCost(), week.previousTotalCost()) + ".");
        if (week.unpricedRequests() > 0) {
            sentences.add(
                    "The price of " + counted(week.unpricedRequests()) + " is not known: they are in no cost here.");
        }
        return sentences;
    }

    private List<Table> tables() {
        var tables = new ArrayList<Table>();
        tables.add(new Table(
                "By day",
                week.days().stream()
                        .map(day -> List.of(day.date().format(DAY), Display.dollars(day.totalCost())))
                        .toList()));
        if (!budgets.worst().isEmpty()) {
            tables.add(new Table(
                    "Budgets at the end of the week" + others(),
                    budgets.worst().stream().map(this::row).toList()));
        }
        for (var dimension : List.of("model", "project", USER)) {
            var rows = week.top().stream()
                    .filter(top -> top.dimension().equals(dimension))
                    .map(this::row)
                    .toList();
            // Where nobody names projects there is nothing to tell.
            if (rows.size() > 1
                    || rows.size() == 1 && !rows.getFirst().getFirst().equals("(none)")) {
                tables.add(new Table("By " + dimension, rows));
            }
        }
        return tables;
    }

    private String others() {
        return budgets.more() == 0 ? "" : String.format(Locale.ROOT, ", the most used (%,d more)", budgets.more());
    }

    private List<String> row(Stood budget) {
        var person =
                budget.subject() == null ? "" : " (" + names.getOrDefault(budget.subject(), budget.subject()) + ")";
        return List.of(
                shown(budget.name() + person),
                budget.period(),
                Display.dollars(budget.spent()) + " of " + Display.dollars(budget.limit()),
                Display.percent(budget.spent(), budget.limit()));
    }

    private List<String> row(Top top) {
        return List.of(
                name(top),
                Display.dollars(top.totalCost()),
                counted(top.requests()),
                change(top.totalCost(), top.previousTotalCost()));
    }

    private String name(Top top) {
        if (top.key() == null) {
            return "(none)";
        }
        return shown(top.dimension().equals(USER) ? names.getOrDefault(top.key(), top.key()) : top.key());
    }

    private static String shown(String text) {
        var name = oneLine(text);
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
    }

    private static String compared(Money now, Money before) {
        return before.amount().signum() == 0
                ? "nothing in the week before"
                : change(now, before) + " against the week before (" + Display.dollars(before) + ")";
    }

    /** As a percentage with its sign; what cost nothing before is new. */
    private static String change(Money now, Money before) {
        if (before.amount().signum() <= 0) {
            return "new";
        }
        var percent = now.minus(before).amount().multiply(HUNDRED).divide(before.amount(), 1, RoundingMode.HALF_EVEN);
        return (percent.signum() > 0 ? "+" : "") + percent.toPlainString() + "%";
    }

    private static String counted(long calls) {
        return String.format(Locale.ROOT, "%,d", calls) + (calls == 1 ? " call" : " calls");
    }

    /** Without control characters: whoever recorded a call chose its names. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
