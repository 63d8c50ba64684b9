package dev.centime.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tukaani.xz.XZInputStream;

/** The two published traces that the demo replays; credited in {@code demo/NOTICE}. */
final class Traces {
    private static final DateTimeFormatter AZURE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");
    private static final int BLOCK_TOKENS = 512;
    /** How long a prefix stays in a provider's cache when nobody reads it. */
    private static final long CACHE_MS = Duration.ofMinutes(5).toMillis();

    private Traces() {}

    /** Code completions: long prompts, short answers, no prefixes told. */
    static List<Call> azureCode() {
        var calls = new ArrayList<Call>();
        try (var lines = reader(open("azure_code_2023.csv"))) {
            lines.readLine(); // headings
            LocalDateTime first = null;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var cells = line.split(",");
                var at = LocalDateTime.parse(cells[0], AZURE_TIME);
                first = first == null ? at : first;
                var atMs = Duration.between(first, at).toMillis();
                calls.add(new Call(calls.size(), atMs, Long.parseLong(cells[1]), 0, Long.parseLong(cells[2])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return calls;
    }

    /** Long conversations whose prompts begin alike; each names its prefix, block by block. */
    static List<Call> mooncake() {
        var json = new ObjectMapper();
        var calls = new ArrayList<Call>();
        Map<Long, Long> lastRead = new HashMap<>();
        try (var lines = reader(new XZInputStream(open("mooncake_synthetic.jsonl.xz")))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = json.readTree(line);
                var atMs = row.get("timestamp").longValue();
                var input = row.get("input_length").longValue();
                var cached = Math.min(input, cachedBlocks(row.get("hash_ids"), atMs, lastRead) * BLOCK_TOKENS);
                calls.add(new Call(
                        calls.size(),
                        atMs,
                        input,
                        cached,
                        row.get("output_length").longValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return calls;
    }

    /** How many blocks from the first on are still in the cache; reading or writing one keeps it there anew. */
    private static long cachedBlocks(JsonNode blocks, long atMs, Map<Long, Long> lastRead) {
        var cached = 0L;
        var unbroken = true;
        for (var block : blocks) {
            var last = lastRead.put(block.longValue(), atMs);
            unbroken = unbroken && last != null && atMs - last <= CACHE_MS;
            cached += unbroken ? 1 : 0;
        }
        return cached;
    }

    private static InputStream open(String name) throws IOException {
        var stream = Traces.class.getResourceAsStream("/demo/" + name);
        if (stream == null) {
            throw new FileNotFoundException("demo/" + name);
        }
        return stream;
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
