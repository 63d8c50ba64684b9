package dev.centime.ingest.accept.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Contracts;
import dev.centime.ingest.accept.RecordParser;
import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is in a file, it is read to its end or refused with a reason; nothing else comes out. */
class FilesFuzzTest {
    private static final List<String> FIXTURES = List.of(
            "claude-alpha.jsonl",
            "claude-edge-cases.jsonl",
            "codex-alpha.jsonl",
            "COST-TRACKING-session-001.yaml",
            "litellm-spend-log.json",
            "litellm-export.csv",
            "semicolons.csv",
            "anthropic-usage.json",
            "openai-costs.json");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final List<String> ODD_NUMBERS = List.of(
            "1e400",
            "1.0e+100000000",
            "1e-99999999",
            "1e30",
            "99999999999",
            "999999999999999999999999999999",
            "1.12345678901234567",
            "0.1234567890123456789012345678",
            "Infinity",
            "-Infinity",
            "NaN",
            ".inf",
            ".nan",
            "-1",
            "0x10",
            "1,234",
            "1_000");

    @Property(tries = 300)
    void anyBytes_asAnyFormat(@ForAll byte[] content, @ForAll FileFormat format) {
        readsOrRefuses("file", content, format);
    }

    @Property(tries = 300)
    void anyBytes_ofAFormatToBeGuessed(@ForAll byte[] content, @ForAll("names") String name) {
        readsOrRefuses(name, content, null);
    }

    @Property(tries = 600)
    void realFilesWithSomeBytesChanged(
            @ForAll("fixtures") String fixture, @ForAll long seed, @ForAll FileFormat format) {
        var random = new Random(seed);
        var content = GivenFiles.bytes(fixture);
        for (int change = 0; change < 1 + random.nextInt(8); change++) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(256);
        }
        readsOrRefuses(fixture, content, random.nextBoolean() ? null : format);
    }

    @Property(tries = 600)
    void realFilesWithNumbersThatNothingHas(@ForAll("fixtures") String fixture, @ForAll long seed) {
        var random = new Random(seed);
        var spoiled = NUMBER.matcher(new String(GivenFiles.bytes(fixture), UTF_8))
                .replaceAll(number ->
                        random.nextInt(20) == 0 ? ODD_NUMBERS.get(random.nextInt(ODD_NUMBERS.size())) : number.group());
        readsOrRefuses(fixture, spoiled.getBytes(UTF_8), null);
    }

    private static void readsOrRefuses(String name, byte[] content, FileFormat format) {
        try {
            var given = GivenFiles.read(name, content, format, Map.of());
            assertThat(given.rejected).noneSatisfy(reason -> assertThat(reason).endsWith(OneRow.UNREADABLE));
            assertThat(given.records).allSatisfy(record -> {
                assertThat(record.id()).isNotBlank();
                assertThat(writtenAndRead(record).errors()).isEmpty();
            });
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(UnreadableFile.class);
        }
    }

    /** As an import keeps it until it is recorded. */
    private static Submitted writtenAndRead(RecordUsage record) throws IOException {
        var mapper = Contracts.mapper();
        try (var json = mapper.getFactory().createParser(mapper.writeValueAsBytes(record))) {
            json.nextToken();
            return RecordParser.parse(json, 0, GivenFiles.NOW);
        }
    }

    @Provide
    Arbitrary<String> fixtures() {
        return Arbitraries.of(FIXTURES);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a.csv", "a.json", "a.jsonl", "a.yaml", "COST-TRACKING-a.yaml", "a.zip", "a.gz", "a");
    }
}
