package dev.centime.cli.cost;

import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Bar;
import dev.centime.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        header = "Calls or sessions as a file, however many they are.",
        footer = {
            "",
            "Examples:",
            "  centime cost export --output costs.csv",
            "  centime cost export --layout sessions --days 90 --format json",
            "  centime cost export --focus 1.2 --output focus.parquet"
        })
final class Export implements Callable<Integer> {
    /** What can be counted as it comes: a row a line. */
    private static final byte LINE = '\n';

    enum Format {
        CSV,
        JSON,
        NDJSON,
        PARQUET
    }

    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Option(
            names = "--layout",
            paramLabel = "calls|sessions|cost-tracking",
            defaultValue = "calls",
            description = "What a row is (default: ${DEFAULT-VALUE}).")
    private String layout;

    @Option(
            names = "--format",
            paramLabel = "csv|json|ndjson|parquet",
            description = "The form of the file (default: by the name of the --output file, else csv).")
    private @Nullable Format format;

    @Option(
            names = "--focus",
            paramLabel = "1.2|1.4",
            description = "Calls in the columns of that version of the FinOps specification FOCUS.")
    private @Nullable String focus;

    @Option(names = "--days", paramLabel = "N", description = "The last N days with today (default: 30).")
    private @Nullable Integer days;

    @Option(names = "--start", paramLabel = "DATE", description = "From this day on, such as 2026-11-01.")
    private @Nullable String start;

    @Option(names = "--end", paramLabel = "DATE", description = "To this day, included.")
    private @Nullable String end;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to a file instead of the terminal.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        var gateway = at.gateway();
        if (file == null) {
            if (wanted() == Format.PARQUET && Terminal.stdout().interactive()) {
                throw new Failure("Parquet is nothing for a terminal: name a file with --output.", 2);
            }
            gateway.download("/costs/export", query(), body -> body.transferTo(System.out));
            System.out.flush();
            return 0;
        }
        write(gateway, file);
        return 0;
    }

    /** Under another name until it is whole: what is called as was asked for is no half of it. */
    private void write(Gateway gateway, Path file) {
        var unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            gateway.download("/costs/export", query(), body -> {
                try (var out = Files.newOutputStream(unfinished);
                        var bar = bar(gateway)) {
                    copy(body, out, bar);
                }
            });
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure("The file " + file + " cannot be written: " + e.getMessage());
        } finally {
            forget(unfinished);
        }
        System.err.println("Written to " + file + ".");
    }

    private static void copy(InputStream body, OutputStream out, @Nullable Bar bar) throws IOException {
        var buffer = new byte[64 * 1024];
        long rows = 0;
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            write(out, buffer, length);
            if (bar != null) {
                for (int i = 0; i < length; i++) {
                    rows += buffer[i] == LINE ? 1 : 0;
                }
                bar.at(rows);
            }
        }
    }

    /** Told apart from an answer that breaks off. */
    private static void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new Failure("The file cannot be written: " + e.getMessage());
        }
    }

    /** Where it is known how many rows there will be, and they can be told apart. */
    private @Nullable Bar bar(Gateway gateway) {
        if (!layout.equals("calls") || focus != null || wanted() == Format.PARQUET) {
            return null;
        }
        var calls = gateway.get("/costs/history", period(new Query()));
        return new Bar(
                System.err, Terminal.stdout(), "Export", calls.path("requests").asLong());
    }

    private Query query() {
        return period(new Query())
                .with("layout", layout)
                .with("format", wanted().name().toLowerCase(Locale.ROOT))
                .with("focus", focus);
    }

    private Query period(Query query) {
        return filters.in(query).with("days", days).with("start_date", start).with("end_date", end);
    }

    private Format wanted() {
        if (format != null) {
            return format;
        }
        var name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
        for (var known : Format.values()) {
            if (name.endsWith("." + known.name().toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        return Format.CSV;
    }

    private static void forget(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            System.err.println("centime: " + unfinished + " is left over: " + e.getMessage());
        }
    }
}
