package dev.centime.cli.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.cli.Failure;
import dev.centime.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form an answer is wanted, and where. */
public final class Output {
    private static final int FILE_COLUMNS = 100;

    enum Format {
        TABLE,
        CSV,
        JSON
    }

    @Option(
            names = "--format",
            paramLabel = "table|csv|json",
            description = "The form of the answer (default: by the name of the --output file, else table).")
    private @Nullable Format format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to a file instead of the terminal.")
    private @Nullable Path file;

    /** Writes it where it is wanted. */
    public void write(Report report) {
        if (file == null) {
            System.out.print(rendered(report, Terminal.stdout()));
            System.out.flush();
            return;
        }
        try {
            Files.writeString(file, rendered(report, Terminal.plain(FILE_COLUMNS)));
        } catch (IOException e) {
            throw new Failure("The file " + file + " cannot be written: " + e.getMessage());
        }
        System.err.println("Written to " + file + ".");
    }

    private String rendered(Report report, Terminal terminal) {
        return switch (wanted()) {
            case TABLE -> report.text(terminal);
            case CSV -> Csv.of(report.rows());
            case JSON -> pretty(report);
        };
    }

    private Format wanted() {
        if (format != null) {
            return format;
        }
        var name = file == null ? "" : file.toString();
        return name.endsWith(".csv") ? Format.CSV : name.endsWith(".json") ? Format.JSON : Format.TABLE;
    }

    private static String pretty(Report report) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n";
        } catch (JsonProcessingException e) {
            throw new Failure("The answer cannot be written as JSON: " + e.getMessage());
        }
    }
}
