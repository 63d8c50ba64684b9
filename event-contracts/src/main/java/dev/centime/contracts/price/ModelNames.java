package dev.centime.contracts.price;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The many ways in which callers write one provider or one model. */
final class ModelNames {
    /** Names of providers in OpenTelemetry, SDKs and gateways, by the name the catalogue uses. */
    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("aws.bedrock", "bedrock"),
            Map.entry("aws_bedrock", "bedrock"),
            Map.entry("amazon_bedrock", "bedrock"),
            Map.entry("bedrock_converse", "bedrock"),
            Map.entry("az.ai.openai", "azure"),
            Map.entry("azure.ai.openai", "azure"),
            Map.entry("azure_openai", "azure"),
            Map.entry("az.ai.inference", "azure_ai"),
            Map.entry("azure.ai.inference", "azure_ai"),
            Map.entry("gcp.gemini", "gemini"),
            Map.entry("gcp.gen_ai", "gemini"),
            Map.entry("google", "gemini"),
            Map.entry("google_ai_studio", "gemini"),
            Map.entry("gcp.vertex_ai", "vertex_ai"),
            Map.entry("google_vertex", "vertex_ai"),
            Map.entry("vertexai", "vertex_ai"),
            Map.entry("vertex", "vertex_ai"),
            Map.entry("mistral_ai", "mistral"),
            Map.entry("mistralai", "mistral"),
            Map.entry("x_ai", "xai"),
            Map.entry("x-ai", "xai"),
            Map.entry("moonshot_ai", "moonshot"),
            Map.entry("ibm.watsonx.ai", "watsonx"),
            Map.entry("cohere_chat", "cohere"),
            Map.entry("text-completion-openai", "openai"),
            Map.entry("together", "together_ai"),
            Map.entry("fireworks", "fireworks_ai"));

    /** Who is meant when a bare model name is sold by several: its maker before those who resell it. */
    private static final List<String> MAKERS = List.of(
            "openai",
            "anthropic",
            "gemini",
            "vertex_ai",
            "mistral",
            "cohere",
            "deepseek",
            "xai",
            "bedrock",
            "azure",
            "azure_ai");

    private static final Pattern DATED =
            Pattern.compile("^(.+?)[-@](?:20\\d{6}|20\\d{2}-\\d{2}-\\d{2}|latest|default)$");
    private static final Pattern CROSS_REGION = Pattern.compile("^(?:us|us-gov|eu|apac|jp|au|ca|global)\\.(.+)$");
    private static final Pattern FINE_TUNED = Pattern.compile("^(ft:[^:]+):.+$");

    private ModelNames() {}

    /** The provider as the catalogue calls it; unknown ones in lower case. */
    static String provider(String given) {
        var lower = given.toLowerCase(Locale.ROOT);
        return PROVIDERS.getOrDefault(lower, lower);
    }

    /** The one among several sellers that a bare model name means; null when the name does not say. */
    static @Nullable String seller(List<String> sellers) {
        if (sellers.size() == 1) {
            return sellers.getFirst();
        }
        return MAKERS.stream().filter(sellers::contains).findFirst().orElse(null);
    }

    /** The names under which a model may stand in the catalogue, the most specific first, in lower case. */
    static List<String> candidates(String model, @Nullable String region) {
        var name = model.toLowerCase(Locale.ROOT);
        var names = new LinkedHashSet<String>();
        if (region != null) {
            names.add(region.toLowerCase(Locale.ROOT) + "/" + name);
        }
        names.add(name);
        var shorter = new ArrayList<>(List.of(name));
        for (var pattern : List.of(FINE_TUNED, CROSS_REGION, DATED)) {
            for (var one : List.copyOf(shorter)) {
                var match = pattern.matcher(one);
                if (match.matches()) {
                    shorter.add(match.group(1));
                }
            }
        }
        names.addAll(shorter);
        names.add(name.replace('@', '-'));
        return List.copyOf(names);
    }
}
