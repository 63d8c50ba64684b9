package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.report.WeekBudgets;
import dev.centime.budget.report.WeekBudgets.Stood;
import dev.centime.contracts.Money;
import dev.centime.contracts.WeekReported;
import dev.centime.contracts.WeekReported.Top;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a week's mail says, also of names that somebody chose to do harm. */
class ReportTextTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);

    @Test
    void namesAreTextAndNothingElse() {
        var evil = "<img src=x onerror='a()'>\r\nBcc: all@example.com";
        var report = text(evil, 0, new Top("model", evil, Money.of("1"), 1, Money.of("2")));
        assertThat(report.subject()).doesNotContain("\r", "\n").startsWith("<img src=x onerror='a()'> Bcc:");
        assertThat(report.text())
                .contains("  <img src=x onerror='a()'> Bcc: all@example.com   $1.00   1 call   -50.0%\n");
        assertThat(report.html())
                .contains("&lt;img src=x onerror=&#39;a()&#39;&gt;")
                .doesNotContain("<img");
    }

    @Test
    void callsWithoutAPriceAreSaid() {
        assertThat(text("Acme", 1200, new Top[0]).text())
                .contains("The price of 1,200 calls is not known: they are in no cost here.");
    }

    @Test
    void whatNobodyNamesIsNoTable() {
        var alone = text("Acme", 0, new Top("project", null, Money.of("1"), 1, Money.ZERO));
        assertThat(alone.text()).doesNotContain("By project");
        var beside = text(
                "Acme",
                0,
                new Top("project", null, Money.of("1"), 1, Money.ZERO),
                new Top("project", "search", Money.of("0.5"), 1, Money.of("0.5")));
        assertThat(beside.text())
                .contains("By project\n  (none)   $1.00   1 call   new\n  search   $0.50   1 call   0.0%\n");
    }

    @Test
    void whoWasErasedKeepsHisId_othersHaveTheirName() {
        var report = text(
                "Acme",
                0,
                new Top("user", "s-1", Money.of("1"), 1, Money.ZERO),
                new Top("user", "s-2", Money.of("1"), 1, Money.ZERO));
        assertThat(report.text()).contains("  ann   ", "  s-2   ");
    }

    @Test
    void budgetsAreToldWithTheirPersons_andNothingWhereThereAreNone() {
        var worst = List.of(
                new Stood("b-1", "Team\n<b>", "monthly", null, Money.of("50"), Money.of("49.999")),
                new Stood("b-2", "Daily", "daily", "s-1", Money.of("3"), Money.ZERO),
                new Stood("b-3", "Daily", "daily", "s-2", Money.of("3"), Money.ZERO));
        var report = text("Acme", new WeekBudgets(worst, 1200), 0);
        // Cut off: what is just below a limit must not read as having reached it.
        assertThat(report.text())
                .contains("Budgets at the end of the week, the most used (1,200 more)\n"
                        + "  Team <b>   monthly   $49.99 of $50.00   99.9%\n"
                        + "  Daily (ann)   daily   $0.00 of $3.00   0%\n"
                        + "  Daily (s-2)   daily   $0.00 of $3.00   0%\n");
        assertThat(report.html()).contains("Team &lt;b&gt;").contains("(1,200 more)");
        assertThat(text("Acme", 0).text()).doesNotContain("Budgets");
    }

    private static ReportText text(String organization, long unpriced, Top... top) {
        return text(organization, WeekBudgets.NONE, unpriced, top);
    }

    private static ReportText text(String organization, WeekBudgets budgets, long unpriced, Top... top) {
        var week = new WeekReported(
                MONDAY, MONDAY.plusDays(6), Money.of("12.5"), 40, Money.ZERO, 0, unpriced, List.of(), List.of(top));
        return new ReportText(organization, week, budgets, Map.of("s-1", "ann"), "https://centime.example.com/");
    }
}
