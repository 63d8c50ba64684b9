package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "estimate",
        header = "What a call with this text would cost. The text is counted and forgotten.",
        footer = {
            "",
            "Examples:",
            "  centime cost estimate prompt.txt --model gpt-4o --output-tokens 500",
            "  git diff | centime cost estimate --model claude-sonnet-4-5 --output-tokens 2000 --run r-17"
        })
final class Estimate implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Output output;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The prompt, in UTF-8; standard input without it, or when it is -.")
    private @Nullable Path file;

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "The model to be called.")
    private String model;

    @Option(names = "--provider", paramLabel = "NAME", description = "Needed unless the model names it.")
    private @Nullable String provider;

    @Option(
            names = "--output-tokens",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many tokens are expected to come out (default: ${DEFAULT-VALUE}).")
    private long outputTokens;

    @Option(
            names = "--cached-tokens",
            paramLabel = "N",
            defaultValue = "0",
            description = "How much of the input a prompt cache will answer (default: ${DEFAULT-VALUE}).")
    private long cachedTokens;

    @Option(names = "--service-tier", paramLabel = "TIER", description = "standard, batch, priority, flex or fast.")
    private @Nullable String serviceTier;

    @Option(names = "--run", paramLabel = "NAME", description = "The run that the call is part of.")
    private @Nullable String run;

    @Option(names = "--experiment", paramLabel = "NAME", description = "The experiment that the call is part of.")
    private @Nullable String experiment;

    @Option(names = "--project", paramLabel = "NAME", description = "The project that the call is for.")
    private @Nullable String project;

    @Option(names = "--no-store", description = "Only ask: nothing will be set against the estimate.")
    private boolean forgotten;

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("model", model).put("text", text()).put("expected_output_tokens", outputTokens);
        body.put("cached_tokens", cachedTokens).put("store", !forgotten);
        body.put("provider", provider).put("service_tier", serviceTier);
        body.put("run", run).put("experiment", experiment).put("project", project);
        output.write(new Shown(at.gateway().post("/usage/estimate", body)));
        return 0;
    }

    private String text() {
        var stdin = file == null || file.toString().equals("-");
        try {
            var bytes = stdin ? System.in.readAllBytes() : Files.readAllBytes(file);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Failure((stdin ? "Standard input" : "The file " + file) + " is not text in UTF-8.");
        } catch (IOException e) {
            throw new Failure((stdin ? "Standard input" : "The file " + file) + " cannot be read: " + e.getMessage());
        }
    }

    private record Shown(JsonNode json) implements Report {
        private static final List<String> COLUMNS = List.of(
                "estimate_id",
                "provider",
                "model",
                "input_tokens",
                "cache_read_tokens",
                "output_tokens",
                "input_cost",
                "cache_read_cost",
                "output_cost",
                "total_cost",
                "cost_source",
                "tokenizer",
                "exact",
                "error_percent");

        @Override
        public String text(Terminal terminal) {
            var text = new StringBuilder(Heading.title(
                    "Cost Estimate (" + json.path("provider").asText() + "/"
                            + json.path("model").asText() + ")",
                    terminal));
            line(text, "Input:", "input_tokens", "input_cost");
            if (json.path("cache_read_tokens").asLong() > 0) {
                line(text, "Cached:", "cache_read_tokens", "cache_read_cost");
            }
            line(text, "Output:", "output_tokens", "output_cost");
            if (Amounts.exact(json.path("other_cost")).signum() != 0) {
                text.append("%-10s%31s%n".formatted("Fees:", Amounts.money(json.path("other_cost"))));
            }
            text.append("%-10s%31s%n%n".formatted("Total:", Amounts.money(json.path("total_cost"))));
            if (Amounts.isAbsent(json.path("total_cost"))) {
                text.append("No price is known for this model.\n");
            }
            text.append("Counted as ").append(Clean.line(json.path("tokenizer").asText()));
            text.append(
                    json.path("exact").asBoolean()
                            ? ", as the provider does.\n"
                            : ", within " + json.path("error_percent").asInt() + " % for nine of ten texts.\n");
            if (!Amounts.isAbsent(json.path("estimate_id"))) {
                text.append("Record the call with estimate_id ")
                        .append(Clean.line(json.path("estimate_id").asText()))
                        .append(" to set it against this.\n");
            }
            return text.toString();
        }

        private void line(StringBuilder text, String name, String tokens, String cost) {
            text.append("%-10s%12s tokens%12s%n"
                    .formatted(name, Amounts.count(json.path(tokens)), Amounts.money(json.path(cost))));
        }

        @Override
        public List<List<String>> rows() {
            return Report.rows(COLUMNS, List.of(json));
        }
    }
}
