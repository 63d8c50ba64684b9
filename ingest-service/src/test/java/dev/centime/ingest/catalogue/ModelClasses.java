package dev.centime.ingest.catalogue;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The class of a model by the name its makers give to a size: small as haiku, standard as sonnet, large as opus. The first that fits
 * counts.
 */
final class ModelClasses {
    private static final Map<Pattern, String> CLASSES = new LinkedHashMap<>();

    static {
        named("small", "haiku|nano|micro|mini|flash-lite|flash-8b|nova-lite|mistral-small|ministral|command-r7b|gemma");
        named("standard", "sonnet|flash|mistral-medium|nova-pro");
        named("large", "opus|gemini-[\\d.]+-pro|gemini-ultra|mistral-large|nova-premier|fable|mythos");
    }

    private ModelClasses() {}

    /** Null where the name does not say. */
    static @Nullable String of(String model) {
        var name = model.toLowerCase(Locale.ROOT);
        for (var known : CLASSES.entrySet()) {
            if (known.getKey().matcher(name).find()) {
                return known.getValue();
            }
        }
        return null;
    }

    /** As a whole word of the name. */
    private static void named(String modelClass, String words) {
        CLASSES.put(Pattern.compile("(?<![a-z])(?:" + words + ")(?![a-z])"), modelClass);
    }
}
