package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.cli.ask.GatewayOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "disable",
        header = "Lets no more messages about alerts go out.",
        description =
                "Alerts are still raised and stay on record, and budgets that stop calls still do. Where messages go is kept for when they are enabled again.",
        footer = {"", "Example:", "  centime cost alerts disable"})
final class DisableAlerts implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Override
    public Integer call() {
        new AlertSettings(at.gateway())
                .change(JsonNodeFactory.instance.objectNode().put("enabled", false));
        System.out.println("Alerts are off: they stay on record, and nobody is told.");
        return 0;
    }
}
