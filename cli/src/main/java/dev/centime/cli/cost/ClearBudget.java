package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            "  centime cost budget clear",
            "  centime cost budget clear --name \"Monthly budget\"",
            "  centime cost budget clear --all"
        })
final class ClearBudget implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @ArgGroup
    private Which which = new Which();

    /** At most one of these; without any all are meant, and somebody who sits before it is asked first. */
    static final class Which {
        @Option(names = "--name", paramLabel = "NAME", description = "The budget of that name.")
        private @Nullable String name;

        @Option(names = "--all", description = "Every budget that this key may end, without asking.")
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
        if (which.name == null && !which.all && !isWanted(chosen.size())) {
            System.out.println("Nothing was cleared.");
            return 0;
        }
        for (var budget : chosen) {
            gateway.delete("/budgets/" + budget.path("id").asText());
            System.out.println(Clean.line(budget.path("name").asText()) + ": cleared");
        }
        return 0;
    }

    /** A script that says no more than that means it. */
    private static boolean isWanted(int number) {
        if (!Terminal.stdout().interactive()) {
            return true;
        }
        System.out.print(
                number == 1
                        ? "This ends the only budget. Go on? [y/N] "
                        : "This ends all %,d budgets. Go on? [y/N] ".formatted(number));
        System.out.flush();
        try {
            var answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException e) {
            throw new Failure("The answer cannot be read: " + e.getMessage());
        }
    }

    private List<JsonNode> chosen(Gateway gateway) {
        var chosen = new ArrayList<JsonNode>();
        for (var budget : Pages.whole(gateway, "/budgets", Query::new).path("items")) {
            if (which.name == null || budget.path("name").asText().equals(which.name)) {
                chosen.add(budget);
            }
        }
        return chosen;
    }
}
