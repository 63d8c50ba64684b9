package dev.centime.forecast.method;

/** Isotonic regression. */
final class Isotonic {
    private Isotonic() {}

    /** The rising sequence nearest to a sequence in squares, by pooling neighbours that fall (Ayer and others 1955). */
    static double[] rising(double[] values) {
        var means = new double[values.length];
        var sizes = new int[values.length];
        int pools = 0;
        for (double value : values) {
            means[pools] = value;
            sizes[pools++] = 1;
            while (pools > 1 && means[pools - 2] > means[pools - 1]) {
                int size = sizes[pools - 2] + sizes[pools - 1];
                means[pools - 2] = (means[pools - 2] * sizes[pools - 2] + means[pools - 1] * sizes[pools - 1]) / size;
                sizes[pools - 2] = size;
                pools--;
            }
        }
        var rising = new double[values.length];
        int at = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < sizes[pool]; i++) {
                rising[at++] = means[pool];
            }
        }
        return rising;
    }
}
