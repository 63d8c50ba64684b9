package dev.centime.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cost overview of the demo, in a real browser. */
@ExtendWith({DemoInstance.class, Chromium.class})
class OverviewPageIT {
    /** A line of more than one day. */
    private static final Pattern EXPECTED = Pattern.compile("M.+L.+");

    @Test
    void aWrongKey_saysWhatToDo_andTheRightOneOpens(Instance centime, Browser browser) {
        try (var read = ReadPage.of(centime, browser)) {
            read.open("/");
            read.signIn("ck_no_such_key");
            assertThat(read.page().getByRole(AriaRole.ALERT)).containsText("Ask an administrator");
            read.signIn(Instance.ADMIN_KEY);
            read.loaded();
            read.page().getByText("Sign out").click();
            assertThat(read.page().getByText("You are signed out.")).isVisible();
            read.page().reload();
            assertThat(read.page().getByLabel("API key")).isVisible();
        }
    }

    @Test
    void thePolicyIsStrict_onEveryPage(Instance centime, Browser browser) {
        try (var read = ReadPage.of(centime, browser)) {
            for (var path : new String[] {"/", "/docs"}) {
                var answer = read.page().navigate(centime.api().address() + path);
                assertThat(answer.headerValue("content-security-policy"))
                        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
                        .doesNotContain("unsafe", "http", "*");
            }
            assertThat(read.page().locator(".docs summary").first()).isVisible();
        }
    }

    @Test
    void figuresAreThoseOfTheApi_toTheLastDigit(Instance centime, Browser browser) {
        // What other tests have sent is in every view, so that the page and this ask for the same.
        centime.settle();
        var asked = await().atMost(Duration.ofMinutes(3))
                .until(
                        () -> centime.api().get("/api/v1/dashboard/overview?days=30"),
                        // A service that was not asked for long may be slow at first.
                        overview -> overview.path("unavailable").isEmpty());
        try (var read = ReadPage.of(centime, browser).signedIn()) {
            assertThat(read.figure("This month"))
                    .hasAttribute("title", dollars(asked.at("/summary/this_month/total_cost")));
            for (var item : asked.at("/by_model/items")) {
                var row = read.panel("by-dimension")
                        .locator("tbody tr")
                        .filter(row(read, item.path("key").asText()));
                assertThat(row.locator("[data-label=Spend]")).hasAttribute("title", dollars(item.path("total_cost")));
            }
            assertThat(read.page().locator("daily-chart .bar")).hasCount(30);
            assertThat(read.page().locator("daily-chart .expected")).hasAttribute("d", EXPECTED);
            for (var budget : asked.at("/budgets/items")) {
                assertThat(read.panel("budgets"))
                        .containsText(budget.path("name").asText());
            }
            var advised = StreamSupport.stream(
                            asked.at("/recommendations/items").spliterator(), false)
                    .count();
            assertThat(read.page().locator(".savings > li")).hasCount((int) Math.min(4, advised));
            read.photograph("overview");
        }
    }

    @Test
    void aRecordedCallMovesTheFigures_withoutAReload(Instance centime, Browser browser) {
        try (var read = ReadPage.of(centime, browser).signedIn()) {
            assertThat(read.page().locator(".live")).hasText("Live");
            read.page().evaluate("window.sameDocument = true");
            var before = read.figure("Today").getAttribute("title");
            var began = System.nanoTime();
            centime.api()
                    .post(
                            "/api/v1/usage",
                            "{\"id\":\"%s\",\"provider\":\"openai\",\"model\":\"gpt-4.1\",\"input_tokens\":1000000,\"project\":\"page\"}"
                                    .formatted(UUID.randomUUID()))
                    .ok();
            assertThat(read.figure("Today")).not().hasAttribute("title", before);
            assertThat(read.page().evaluate("window.sameDocument")).isEqualTo(true);
            System.out.printf("page: spend shown %.1f s after it was sent%n", (System.nanoTime() - began) / 1e9);
        }
    }

    @Test
    void everythingCanBeReachedByKeyboard(Instance centime, Browser browser) {
        try (var read = ReadPage.of(centime, browser).signedIn()) {
            read.page().getByLabel("30 days").focus();
            read.page().keyboard().press("ArrowLeft");
            assertThat(read.page().locator("daily-chart .bar")).hasCount(7);
            assertThat(read.page().url()).endsWith("/?days=7");

            var chart = read.page().getByRole(AriaRole.SLIDER);
            chart.focus();
            var today = chart.getAttribute("aria-valuetext");
            read.page().keyboard().press("ArrowLeft");
            assertThat(chart).not().hasAttribute("aria-valuetext", today);
            assertThat(read.page().locator("daily-chart .expected")).hasAttribute("d", EXPECTED);
            read.page().keyboard().press("End");
            assertThat(chart).hasAttribute("aria-valuetext", Pattern.compile(".*expected \\$.*"));
            read.page().getByText("Table").press("Enter");
            assertThat(read.panel("by-day").locator("tbody").first().locator("tr"))
                    .hasCount(7);
        }
    }

    @Test
    void anotherDimensionIsAskedFor(Instance centime, Browser browser) {
        var asked = centime.api().get("/api/v1/costs/breakdown?days=30&dimension=provider");
        try (var read = ReadPage.of(centime, browser).signedIn()) {
            read.page().getByLabel("Provider").check();
            assertThat(read.panel("by-dimension").getByRole(AriaRole.HEADING)).hasText("Spend by provider");
            assertThat(read.panel("by-dimension").locator("tbody tr"))
                    .hasCount(asked.path("items").size());
        }
    }

    @ParameterizedTest
    @CsvSource({"360,LIGHT", "360,DARK", "768,LIGHT", "1440,DARK", "1920,LIGHT"})
    void nothingStandsBeyondTheEdge(int width, ColorScheme scheme, Instance centime, Browser browser) {
        try (var read = ReadPage.of(centime, browser, width, scheme).signedIn()) {
            read.page().locator("daily-chart .bar").first().waitFor();
            var beyond = read.page().evaluate("document.documentElement.scrollWidth - innerWidth");
            assertThat(((Number) beyond).intValue()).isLessThanOrEqualTo(0);
            read.photograph("overview-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    private static Locator.FilterOptions row(ReadPage read, String key) {
        return new Locator.FilterOptions()
                .setHas(read.page().getByTitle(key, new Page.GetByTitleOptions().setExact(true)));
    }

    /** As the page writes every digit: {@code $1,234.5678}. */
    private static String dollars(JsonNode amount) {
        var format = new DecimalFormat("$#,##0.00################", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(new BigDecimal(amount.asText()));
    }
}
