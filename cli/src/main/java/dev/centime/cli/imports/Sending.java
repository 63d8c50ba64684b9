package dev.centime.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.cost.Output;
import dev.centime.cli.run.DataDirectory;
import dev.centime.cli.terminal.Clean;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How files are sent, and what is told of it. */
final class Sending {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Output output;

    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            description =
                    "csv, jsonl, cost_tracking, claude_code, codex, litellm, openai or anthropic (default: by the content).")
    private @Nullable String from;

    @Option(
            names = "--mapping",
            paramLabel = "COLUMN=FIELD",
            description = "Which field a column of a table is, such as Modell=model or Team=tag.team; may be repeated.")
    private Map<String, String> mapping = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Say what would be recorded; record nothing.")
    private boolean dryRun;

    @Option(names = "--detach", description = "Do not wait for the end.")
    private boolean detach;

    boolean detached() {
        return detach || dryRun;
    }

    DataDirectory directory() {
        return at.directory();
    }

    Gateway gateway() {
        return at.gateway();
    }

    /** @return the exit code: 1 when the import failed */
    int send(Sent sent) {
        var gateway = gateway();
        var begun = upload(gateway, sent);
        var id = begun.path("id").asText();
        if (detach) {
            System.out.println(
                    "Import " + id + " of " + Clean.line(sent.name()) + " runs; see GET /imports/" + id + ".");
            return 0;
        }
        var ended = new Following(gateway, id, sent.name()).toItsEnd();
        output.write(new ImportAnswer(ended));
        return ended.path("state").asText().equals("done") ? 0 : Failure.FAILED;
    }

    private JsonNode upload(Gateway gateway, Sent sent) {
        var form = new Form();
        // Before the file, so that it can be read as it comes.
        if (from != null) {
            form.field("format", from);
        }
        if (!mapping.isEmpty()) {
            var columns = JsonNodeFactory.instance.objectNode();
            mapping.forEach(columns::put);
            form.field("mapping", columns.toString());
        }
        if (dryRun) {
            form.field("dry_run", "true");
        }
        return gateway.upload("/imports", form.file(sent.name(), sent.content()), form.type())
                .body();
    }
}
