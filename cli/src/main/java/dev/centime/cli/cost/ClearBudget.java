package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Clean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "clear",
        header = "Ends a budget, or all of them; what they counted stays on record.",
        footer = {
            "",
            "Examples:",
            "  centime cost budget clear --name \"Monthly budget\"",
            "  centime cost budget clear --all"
        })
final class ClearBudget implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @ArgGroup(multiplicity = "1")
    private Which which;

    /** Exactly one of these. */
    static final class Which {
        @Option(names = "--name", paramLabel = "NAME", description = "The budget of that name.")
        private @Nullable String name;

        @Option(names = "--all", description = "Every budget that this key may end.")
        private boolean all;
    }

    @Override
    public Integer call() {
        var gateway = at.gateway();
        var chosen = chosen(gateway);
        if (chosen.isEmpty()) {
            if (which.name == null) {
                System.out.println("There are no budgets.");
                return 0;
            }
            throw new Failure("There is no budget called " + Clean.line(which.name) + ".");
        }
        for (var budget : chosen) {
            gateway.delete("/budgets/" + budget.path("id").asText());
            System.out.println(Clean.line(budget.path("name").asText()) + ": cleared");
        }
        return 0;
    }

    private List<JsonNode> chosen(Gateway gateway) {
        var chosen = new ArrayList<JsonNode>();
        for (var budget :
                gateway.get("/budgets", new Query().with("limit", 1000)).path("items")) {
            if (which.name == null || budget.path("name").asText().equals(which.name)) {
                chosen.add(budget);
            }
        }
        return chosen;
    }
}
