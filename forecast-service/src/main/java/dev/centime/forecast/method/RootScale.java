package dev.centime.forecast.method;

import java.util.Arrays;

/**
 * Lets a method see square roots, and squares what it expects. Spend that is high also varies more; its root varies about evenly,
 * so that one busy week does not decide everything, and the weekday's share grows with the level. (Box and Cox 1964, with 1/2.)
 */
record RootScale(Method inner) implements Method {
    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public int leastDays() {
        return inner.leastDays();
    }

    @Override
    public Model fit(double[] history) {
        var model = inner.fit(roots(history));
        return (seen, days) -> Arrays.stream(model.forecast(roots(seen), days))
                .map(root -> root * root)
                .toArray();
    }

    private static double[] roots(double[] values) {
        return Arrays.stream(values).map(Math::sqrt).toArray();
    }
}
