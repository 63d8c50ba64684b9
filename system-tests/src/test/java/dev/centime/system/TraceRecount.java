package dev.centime.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.cli.demo.Demo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tukaani.xz.XZInputStream;

/**
 * The traces counted by themselves, without any code of the demo.
 *
 * @param inputTokens of all prompts, however much of them a cache would have held
 */
record TraceRecount(long calls, long inputTokens, long outputTokens) {
    static TraceRecount ofBoth() {
        var azure = azure();
        var mooncake = mooncake();
        return new TraceRecount(
                azure.calls + mooncake.calls,
                azure.inputTokens + mooncake.inputTokens,
                azure.outputTokens + mooncake.outputTokens);
    }

    private static TraceRecount azure() {
        try (var lines = lines(resource("azure_code_2023.csv"))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(cells -> new TraceRecount(1, Long.parseLong(cells[1]), Long.parseLong(cells[2])))
                    .reduce(new TraceRecount(0, 0, 0), TraceRecount::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TraceRecount mooncake() {
        var json = new ObjectMapper();
        try (var lines = lines(new XZInputStream(resource("mooncake_synthetic.jsonl.xz")))) {
            var sum = new TraceRecount(0, 0, 0);
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = json.readTree(line);
                sum = sum.plus(new TraceRecount(
                        1,
                        row.get("input_length").longValue(),
                        row.get("output_length").longValue()));
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TraceRecount plus(TraceRecount other) {
        return new TraceRecount(
                calls + other.calls, inputTokens + other.inputTokens, outputTokens + other.outputTokens);
    }

    private static InputStream resource(String name) {
        return java.util.Objects.requireNonNull(Demo.class.getResourceAsStream("/demo/" + name), name);
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
