package dev.centime.benchmarks.costs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many calls the measured organizations have.
 *
 * @param measured in the order in which they were named
 * @param real as many go through the log at most; larger ones are multiples of it
 */
record Sizes(List<Integer> measured, int real) {
    Sizes {
        for (int size : measured) {
            if (size > real && size % real != 0) {
                throw new IllegalArgumentException(size + " is no multiple of " + real);
            }
        }
    }

    static Sizes of(String[] arguments) {
        var rest = new ArrayList<>(List.of(arguments));
        int real = 1_000_000;
        int at = rest.indexOf("--folded");
        if (at >= 0) {
            rest.remove(at);
            real = Integer.parseInt(rest.remove(at));
        }
        var named = rest.stream().map(Integer::valueOf).toList();
        return new Sizes(named.isEmpty() ? List.of(10_000, 100_000, 1_000_000) : named, real);
    }

    List<Integer> grown() {
        return measured.stream().filter(size -> size > real).toList();
    }

    /** Those of which others are copied are among them, whether measured or not. */
    List<Integer> folded() {
        var folded = measured.stream().filter(size -> size <= real);
        return (grown().isEmpty() ? folded : Stream.concat(folded, Stream.of(real)))
                .distinct()
                .toList();
    }

    /** What the others are compared with: the goal's, or the smallest where that is not measured. */
    int yardstick() {
        return measured.contains(100_000)
                ? 100_000
                : measured.stream().min(Integer::compare).orElseThrow();
    }
}
