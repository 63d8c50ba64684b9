package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Dollars;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "set",
        header = "Sets a limit; one of the same name is changed.",
        description = "Names a budget after what it limits, unless --name gives it one.",
        footer = {
            "",
            "Examples:",
            "  centime cost budget set --monthly 500",
            "  centime cost budget set --daily 50 --user ada@example.com",
            "  centime cost budget set --experiment user-research --monthly 200"
        })
final class SetBudget implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters scope;

    @ArgGroup(multiplicity = "1")
    private Limit limit;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it.")
    private @Nullable String name;

    /** Exactly one of these. */
    static final class Limit {
        @Option(names = "--daily", paramLabel = "USD", description = "Limit for each day.")
        private @Nullable BigDecimal daily;

        @Option(names = "--weekly", paramLabel = "USD", description = "Limit for each week.")
        private @Nullable BigDecimal weekly;

        @Option(
                names = {"--monthly", "--limit"},
                paramLabel = "USD",
                description = "Limit for each month.")
        private @Nullable BigDecimal monthly;

        @Option(names = "--quarterly", paramLabel = "USD", description = "Limit for each quarter.")
        private @Nullable BigDecimal quarterly;

        @Option(names = "--annual", paramLabel = "USD", description = "Limit for each year.")
        private @Nullable BigDecimal annual;

        Period period() {
            if (daily != null) {
                return new Period("daily", daily);
            }
            if (weekly != null) {
                return new Period("weekly", weekly);
            }
            if (quarterly != null) {
                return new Period("quarterly", quarterly);
            }
            if (annual != null) {
                return new Period("annual", annual);
            }
            if (monthly != null) {
                return new Period("monthly", monthly);
            }
            throw new Failure(
                    "Say how much and for how long: --daily, --weekly, --monthly, --quarterly or --annual.", 2);
        }
    }

    private record Period(String type, BigDecimal amount) {}

    @Override
    public Integer call() {
        var gateway = at.gateway();
        var period = limit.period();
        var called = name == null ? usualName(period.type()) : name;
        var existing = find(gateway, called);
        if (existing == null) {
            create(gateway, called, period);
        } else {
            change(gateway, existing, period);
        }
        System.out.println(Clean.line(called) + ": " + Dollars.of(period.amount()) + " " + period.type()
                + (existing == null ? "" : " (changed)"));
        return 0;
    }

    private String usualName(String type) {
        return Character.toUpperCase(type.charAt(0)) + type.substring(1) + " budget" + scope.words();
    }

    private static @Nullable JsonNode find(Gateway gateway, String called) {
        return Pages.first(gateway, "/budgets", budget -> budget.path("name")
                        .asText()
                        .equals(called))
                .orElse(null);
    }

    private void create(Gateway gateway, String called, Period period) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("name", called).put("budget_type", period.type());
        body.put("total_limit", period.amount().toPlainString());
        if (!scope.named().isEmpty()) {
            body.set("scope", Scopes.of(scope.named()));
        }
        gateway.post("/budgets", body);
    }

    private static void change(Gateway gateway, JsonNode existing, Period period) {
        if (!existing.path("budget_type").asText().equals(period.type())) {
            throw new Failure("A budget of that name is there and is "
                    + Clean.line(existing.path("budget_type").asText()) + ": give this one a --name of its own.");
        }
        var path = "/budgets/" + existing.path("id").asText();
        var body = JsonNodeFactory.instance.objectNode();
        body.put("total_limit", period.amount().toPlainString());
        gateway.patch(path, body, gateway.getForEdit(path).header("ETag"));
    }
}
