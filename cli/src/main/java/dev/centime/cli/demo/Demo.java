package dev.centime.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.terminal.Bar;
import dev.centime.cli.terminal.Terminal;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Loads the demo through the REST API like any client would. Loading again adds nothing; one that was broken off is completed. */
public final class Demo {
    private static final int BATCH = 500;

    private final PatientGateway gateway;

    public Demo(Gateway gateway) {
        this.gateway = new PatientGateway(gateway);
    }

    public void load(PrintStream out, Terminal terminal) {
        var records = DemoUsage.records(Instant.now());
        var bar = new Bar(out, terminal, "Demo: sixty days of usage", records.size());
        var accepted = 0;
        var position = "";
        for (var from = 0; from < records.size(); from += BATCH) {
            var to = Math.min(records.size(), from + BATCH);
            var answer = send(records.subList(from, to));
            accepted += answer.body().path("accepted").intValue();
            refuseRejected(answer);
            position = answer.header("Centime-Position").isEmpty() ? position : answer.header("Centime-Position");
            bar.at(to);
        }
        bar.close();
        new DemoBudgets(gateway, position).createMissing();
        lookForSavings(position);
        out.println(
                accepted == 0
                        ? "Demo: it was loaded before; nothing was added."
                        : "Demo: %,d calls recorded. Try: centime cost breakdown --by model".formatted(accepted));
    }

    /** Advice is derived from what its view has seen by now. */
    private void lookForSavings(String position) {
        var waiting = position.isEmpty() ? Map.<String, String>of() : Map.of("Centime-At-Least", position);
        gateway.send("GET", "/recommendations/summary", BodyPublishers.noBody(), waiting);
        gateway.send("POST", "/recommendations/generate", BodyPublishers.noBody(), Map.of());
    }

    /** Ids make a repeated batch harmless. */
    private Gateway.Answer send(List<ObjectNode> batch) {
        var body = JsonNodeFactory.instance.arrayNode().addAll(batch).toString();
        return gateway.send("POST", "/usage", BodyPublishers.ofString(body), Map.of());
    }

    private static void refuseRejected(Gateway.Answer answer) {
        var rejected = answer.body().path("rejected");
        if (!rejected.isEmpty()) {
            throw new Failure("The demo's records were refused: " + rejected.get(0));
        }
    }
}
