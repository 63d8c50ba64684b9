package dev.centime.forecast.method;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Forecasts the series of {@code bench_dev.csv} as {@code forecast_anchor.R} does, scores them as {@code forecast_score.R} does, and
 * prints the result beside that of R's methods in {@code anchor_dev_table.csv}. The only argument is the folder of these files.
 */
public final class SeriesBenchmark {
    private static final int[] HORIZONS = {7, 14, 30, 90};
    private static final int[] OFFSETS = {90, 30, 60};

    /** ETS, ARIMA, Theta, STL and TBATS, their forecasts averaged. */
    private static final String ANCHOR = "comb5";

    private SeriesBenchmark() {}

    /** One series up to one day, and what came after. */
    private record Task(String series, int offset, double[] train, double[] actual) {
        String key() {
            return series + "/" + offset;
        }
    }

    /** A task's figures at a horizon; see the head of {@code forecast_score.R}. */
    private record Score(double error, double actual, double mase, double cover, double coverTotal, double msis) {
        static Score of(Task task, Outlook outlook, int horizon) {
            double mean = Arrays.stream(task.train).average().orElseThrow();
            double weekly = IntStream.range(7, task.train.length)
                    .mapToDouble(day -> Math.abs(task.train[day] - task.train[day - 7]))
                    .average()
                    .orElseThrow();
            double sum = Arrays.stream(task.actual, 0, horizon).sum();
            double absolute = 0;
            double inside = 0;
            double interval = 0;
            for (int day = 0; day < horizon; day++) {
                var bounds = outlook.days().get(day);
                double actual = task.actual[day];
                absolute += Math.abs(bounds.expected() - actual) / horizon;
                inside += bounds.lower() <= actual && actual <= bounds.upper() ? 1.0 / horizon : 0;
                interval += (bounds.upper()
                                - bounds.lower()
                                + 40 * Math.max(0, bounds.lower() - actual)
                                + 40 * Math.max(0, actual - bounds.upper()))
                        / horizon;
            }
            var total = outlook.total(horizon);
            return new Score(
                    Math.abs(total.expected() - sum) / mean,
                    sum / mean,
                    absolute / weekly,
                    inside,
                    total.lower() <= sum && sum <= total.upper() ? 1 : 0,
                    Math.min(200, interval / weekly));
        }
    }

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        var tasks = tasks(folder);
        var chosen = new TreeMap<String, Integer>();
        var scores = new TreeMap<Integer, List<Score>>();
        long began = System.nanoTime();
        for (var task : tasks) {
            var outlook = Forecaster.forecast(task.train, 0, task.offset, 0.95);
            chosen.merge(outlook.method(), 1, Integer::sum);
            for (int horizon : HORIZONS) {
                if (horizon <= task.offset) {
                    scores.computeIfAbsent(horizon, h -> new ArrayList<>()).add(Score.of(task, outlook, horizon));
                }
            }
        }
        double ms = (System.nanoTime() - began) / 1e6 / tasks.size();
        print(anchors(folder), scores);
        System.out.printf(
                "%d tasks, %.1f ms each with backtest, first ones unwarmed; methods %s%n", tasks.size(), ms, chosen);
    }

    private static void print(Map<Integer, Double> anchors, Map<Integer, List<Score>> scores) {
        System.out.println(
                "days  tasks  WAPE of total %  mean of R's five %  MASE  covered %  totals covered %   MSIS");
        scores.forEach((horizon, list) -> System.out.printf(
                "%4d  %5d  %15.2f  %18.2f  %4.2f  %9.1f  %16.1f  %5.1f%n",
                horizon,
                list.size(),
                100
                        * list.stream().mapToDouble(Score::error).sum()
                        / list.stream().mapToDouble(Score::actual).sum(),
                anchors.get(horizon),
                mean(list, Score::mase),
                100 * mean(list, Score::cover),
                100 * mean(list, Score::coverTotal),
                mean(list, Score::msis)));
    }

    private static double mean(List<Score> scores, java.util.function.ToDoubleFunction<Score> figure) {
        return scores.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Only the tasks that every one of R's methods finished, as the anchors count them. */
    private static List<Task> tasks(Path folder) throws IOException {
        var counted = rows(folder.resolve("anchor_dev_tasks.csv")).stream()
                .map(row -> row[0] + "/" + row[1])
                .collect(Collectors.toSet());
        var series = new LinkedHashMap<String, List<Double>>();
        for (var row : rows(folder.resolve("bench_dev.csv"))) {
            series.computeIfAbsent(row[0], name -> new ArrayList<>()).add(Double.valueOf(row[2]));
        }
        var tasks = new ArrayList<Task>();
        series.forEach((name, list) -> {
            var values = list.stream().mapToDouble(Double::doubleValue).toArray();
            for (int offset : OFFSETS) {
                int origin = values.length - offset;
                var train = Arrays.copyOfRange(values, Math.max(0, origin - 365), origin);
                tasks.add(new Task(name, offset, train, Arrays.copyOfRange(values, origin, values.length)));
            }
        });
        tasks.removeIf(task -> !counted.contains(task.key()));
        return tasks;
    }

    private static Map<Integer, Double> anchors(Path folder) throws IOException {
        return rows(folder.resolve("anchor_dev_table.csv")).stream()
                .filter(row -> row[1].equals(ANCHOR))
                .collect(Collectors.toMap(row -> Integer.valueOf(row[0]), row -> Double.valueOf(row[3])));
    }

    private static List<String[]> rows(Path csv) throws IOException {
        try (var lines = Files.lines(csv)) {
            return lines.skip(1).map(line -> line.replace("\"", "").split(",")).toList();
        }
    }
}
