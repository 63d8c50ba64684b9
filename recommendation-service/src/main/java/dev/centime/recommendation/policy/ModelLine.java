package dev.centime.recommendation.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model's name says of it: most models were never measured, but {@code gpt-4.1-mini} is meant to be the smaller sibling of
 * {@code gpt-4.1}.
 *
 * @param maker the first word, such as {@code gpt} or {@code claude}
 * @param generation the first number, 0 when there is none
 * @param size 1 the smallest to 4 the largest; 3 unless the name says otherwise
 * @param special words that make it another kind of model, such as {@code audio}
 */
record ModelLine(String maker, int generation, int size, List<String> special) {
    private static final Map<String, Integer> SIZES = Map.ofEntries(
            Map.entry("nano", 1),
            Map.entry("lite", 1),
            Map.entry("tiny", 1),
            Map.entry("mini", 2),
            Map.entry("small", 2),
            Map.entry("haiku", 2),
            Map.entry("flash", 2),
            Map.entry("fast", 2),
            Map.entry("medium", 3),
            Map.entry("sonnet", 3),
            Map.entry("large", 4),
            Map.entry("pro", 4),
            Map.entry("opus", 4),
            Map.entry("max", 4));
    private static final Pattern NUMBER = Pattern.compile("v?(\\d{1,3})(?:\\.\\d+)?o?");
    private static final Pattern DATE = Pattern.compile("\\d{4,8}|latest");
    private static final int STANDARD = 3;

    /** Null for a dated snapshot: the undated name stands for it. */
    static @Nullable ModelLine of(String model) {
        var words = Arrays.asList(model.toLowerCase(Locale.ROOT).split("[-_@ :]"));
        if (words.subList(1, words.size()).stream()
                .anyMatch(word -> DATE.matcher(word).matches())) {
            return null;
        }
        return read(words);
    }

    /** As {@link #of}, of what a caller uses, dated or not. */
    static ModelLine used(String model) {
        return read(Arrays.stream(model.toLowerCase(Locale.ROOT).split("[-_@ :]"))
                .filter(word -> !DATE.matcher(word).matches())
                .toList());
    }

    private static ModelLine read(List<String> words) {
        var rest = words.stream().skip(1).toList();
        return new ModelLine(
                words.isEmpty() ? "" : words.getFirst(),
                rest.stream()
                        .map(ModelLine::number)
                        .filter(OptionalInt::isPresent)
                        .mapToInt(OptionalInt::getAsInt)
                        .findFirst()
                        .orElse(0),
                rest.stream()
                        .filter(SIZES::containsKey)
                        .mapToInt(SIZES::get)
                        .min()
                        .orElse(STANDARD),
                rest.stream()
                        .filter(word -> !SIZES.containsKey(word) && number(word).isEmpty())
                        .sorted()
                        .toList());
    }

    private static OptionalInt number(String word) {
        var match = NUMBER.matcher(word);
        return match.matches() ? OptionalInt.of(Integer.parseInt(match.group(1))) : OptionalInt.empty();
    }

    /** By how many sizes a model is smaller; empty when it is none of this line's smaller siblings, or of an older generation. */
    OptionalInt stepsDownTo(ModelLine other) {
        return maker.equals(other.maker)
                        && special.equals(other.special)
                        && other.generation >= generation
                        && other.size < size
                ? OptionalInt.of(size - other.size)
                : OptionalInt.empty();
    }
}
