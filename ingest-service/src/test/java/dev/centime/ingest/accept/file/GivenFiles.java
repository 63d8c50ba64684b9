package dev.centime.ingest.accept.file;

import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads files as an upload is read, and keeps what they say. */
final class GivenFiles implements UploadedFile.Receiver {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final UnpackingBounds BOUNDS = new UnpackingBounds(100, 256L << 20, 200);

    final List<RecordUsage> records = new ArrayList<>();
    final List<Submitted> submitted = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    final List<String> formats = new ArrayList<>();
    final List<Difference> differences = new ArrayList<>();
    final List<SessionBudget> budgets = new ArrayList<>();
    int repeated;
    int ignored;

    static GivenFiles fixture(String name) {
        return fixture(name, Map.of());
    }

    static GivenFiles fixture(String name, Map<String, String> columns) {
        return read(name, bytes(name), null, columns);
    }

    static GivenFiles text(String name, String... lines) {
        return read(name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8), null, Map.of());
    }

    static GivenFiles read(String name, byte[] content, @Nullable FileFormat format, Map<String, String> columns) {
        return read(name, new ByteArrayInputStream(content), format, columns);
    }

    static GivenFiles read(String name, InputStream content, @Nullable FileFormat format, Map<String, String> columns) {
        var given = new GivenFiles();
        try {
            UploadedFile.read(name, content, format, columns, BOUNDS, NOW, given);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return given;
    }

    static byte[] bytes(String name) {
        try (var in = GivenFiles.class.getResourceAsStream("/files/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Rows opened(@Nullable String entry, FileFormat format) {
        formats.add((entry == null ? "" : entry + " ") + format.text());
        return new Rows() {
            @Override
            public void row(long line, Submitted row) {
                if (row.command() == null) {
                    var error = row.errors().getFirst();
                    rejected.add(line + " " + error.field() + " " + error.reason());
                } else {
                    submitted.add(row);
                    records.add(row.command());
                }
            }

            @Override
            public void repeated() {
                repeated++;
            }

            @Override
            public void ignored() {
                ignored++;
            }

            @Override
            public void difference(Difference difference) {
                differences.add(difference);
            }

            @Override
            public void sessionBudget(SessionBudget budget) {
                budgets.add(budget);
            }
        };
    }

    @Override
    public void unknown(String entry, String reason) {
        rejected.add(entry + " " + reason);
    }
}
