package dev.centime.forecast.method;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/**
 * The downhill simplex of Nelder and Mead (1965), with a fixed number of steps: good enough for three or four smoothing
 * parameters, and the same every time.
 */
final class Simplex {
    private record Vertex(double[] at, double value) {}

    private Simplex() {}

    /**
     * @param loss to be made small; must answer a large value, not NaN, outside its bounds
     * @param step by which each coordinate is moved to make the first simplex
     */
    static double[] minimum(ToDoubleFunction<double[]> loss, double[] start, double step, int iterations) {
        int n = start.length;
        var simplex = new Vertex[n + 1];
        simplex[n] = new Vertex(start, loss.applyAsDouble(start));
        for (int i = 0; i < n; i++) {
            var moved = start.clone();
            moved[i] += moved[i] + step < 1 ? step : -step;
            simplex[i] = new Vertex(moved, loss.applyAsDouble(moved));
        }
        for (int iteration = 0; iteration < iterations; iteration++) {
            Arrays.sort(simplex, Comparator.comparingDouble(Vertex::value));
            improve(loss, simplex);
        }
        return Arrays.stream(simplex)
                .min(Comparator.comparingDouble(Vertex::value))
                .orElseThrow()
                .at();
    }

    private static void improve(ToDoubleFunction<double[]> loss, Vertex[] simplex) {
        int worst = simplex.length - 1;
        var centre = centreWithoutWorst(simplex);
        var reflected = towards(loss, centre, simplex[worst].at(), -1);
        if (reflected.value() < simplex[0].value()) {
            var expanded = towards(loss, centre, simplex[worst].at(), -2);
            simplex[worst] = expanded.value() < reflected.value() ? expanded : reflected;
        } else if (reflected.value() < simplex[worst - 1].value()) {
            simplex[worst] = reflected;
        } else {
            var contracted = towards(loss, centre, simplex[worst].at(), 0.5);
            if (contracted.value() < simplex[worst].value()) {
                simplex[worst] = contracted;
            } else {
                for (int i = 1; i <= worst; i++) {
                    simplex[i] = towards(loss, simplex[0].at(), simplex[i].at(), 0.5);
                }
            }
        }
    }

    private static double[] centreWithoutWorst(Vertex[] simplex) {
        int n = simplex.length - 1;
        var centre = new double[n];
        for (int vertex = 0; vertex < n; vertex++) {
            for (int i = 0; i < n; i++) {
                centre[i] += simplex[vertex].at()[i] / n;
            }
        }
        return centre;
    }

    private static Vertex towards(ToDoubleFunction<double[]> loss, double[] from, double[] to, double share) {
        var at = new double[from.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = from[i] + share * (to[i] - from[i]);
        }
        return new Vertex(at, loss.applyAsDouble(at));
    }
}
