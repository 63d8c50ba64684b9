package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private static void readsOrRefuses(String name, byte[] content, FileFormat format) {
        try {
            var given = GivenFiles.read(name, content, format, Map.of());
            assertThat(given.records)
                    .allSatisfy(record -> assertThat(record.id()).isNotBlank());
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(UnreadableFile.class);
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
