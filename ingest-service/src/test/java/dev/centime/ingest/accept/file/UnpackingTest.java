package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class UnpackingTest {
    private static final byte[] RECORD = "{\"id\":\"a\",\"provider\":\"acme\",\"model\":\"m\",\"input_tokens\":1}\n"
            .getBytes(StandardCharsets.UTF_8);

    @Test
    void aZipOfSeveralFormats_isEachOfThem() throws IOException {
        var zip = new Zip()
                .file("projects/-home-ann-shop/alpha.jsonl", GivenFiles.bytes("claude-alpha.jsonl"))
                .file("../../etc/calls.jsonl", RECORD)
                .file("calls.jsonl.gz", gzip(RECORD))
                .file(".DS_Store", new byte[] {1})
                .file("readme.txt", "hello".getBytes(StandardCharsets.UTF_8))
                .file("inner.zip", new Zip().file("x.jsonl", RECORD).bytes());

        var given = GivenFiles.read("logs.zip", zip.bytes(), null, Map.of());

        assertThat(given.formats)
                .containsExactly(
                        "projects/-home-ann-shop/alpha.jsonl claude_code",
                        "../../etc/calls.jsonl jsonl",
                        "calls.jsonl jsonl");
        assertThat(given.records).hasSize(5);
        assertThat(given.records.stream().filter(record -> "-home-ann-shop".equals(record.project())))
                .hasSize(3);
        assertThat(given.rejected)
                .containsExactly(
                        "readme.txt its format is none that is known", "inner.zip is an archive within an archive");
    }

    @Test
    void aCallToldInTwoFilesOfAnArchiveIsOne() throws IOException {
        var zip = new Zip()
                .file("a.jsonl", GivenFiles.bytes("claude-alpha.jsonl"))
                .file("b.jsonl", GivenFiles.bytes("claude-alpha.jsonl"));

        var given = GivenFiles.read("logs.zip", zip.bytes(), null, Map.of());

        assertThat(given.records).hasSize(3);
        assertThat(given.repeated).isEqualTo(3);
    }

    @Test
    void aBombIsRefused_beforeItIsUnpacked() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("calls.jsonl"));
            for (int megabyte = 0; megabyte < 200; megabyte++) {
                zip.write(new byte[1 << 20]);
            }
        }
        assertThatThrownBy(() -> GivenFiles.read("bomb.zip", bomb.toByteArray(), FileFormat.JSONL, Map.of()))
                .hasMessageContaining("unpacks to more than 200 times its size");
        var packed = gzip(new byte[200 << 20]);
        assertThatThrownBy(() -> GivenFiles.read("bomb.gz", packed, FileFormat.CLAUDE_CODE, Map.of()))
                .hasMessageContaining("unpacks to more than 200 times its size");
    }

    @Test
    void moreFilesThanAllowedAreRefused() throws IOException {
        var zip = new Zip();
        for (int file = 0; file < 101; file++) {
            zip.file(file + ".jsonl", RECORD);
        }
        assertThatThrownBy(() -> GivenFiles.read("many.zip", zip.bytes(), null, Map.of()))
                .hasMessageContaining("holds more than 100 files");
    }

    @Test
    void whatIsBrokenOrUnknownIsRefusedWithAReason() throws IOException {
        var cut = java.util.Arrays.copyOf(gzip(RECORD), 20);
        assertThatThrownBy(() -> GivenFiles.read("a.jsonl.gz", cut, FileFormat.JSONL, Map.of()))
                .hasMessageContaining("broken or cut off");
        assertThatThrownBy(() -> GivenFiles.text("letter.txt", "Dear Sir")).hasMessageContaining("looks like none of");
        assertThatThrownBy(() -> GivenFiles.read("a.zip", new Zip().bytes(), null, Map.of()))
                .hasMessageContaining("without files");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static final class Zip {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ZipOutputStream zip = new ZipOutputStream(bytes);

        Zip file(String name, byte[] content) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
            return this;
        }

        byte[] bytes() throws IOException {
            zip.close();
            return bytes.toByteArray();
        }
    }
}
