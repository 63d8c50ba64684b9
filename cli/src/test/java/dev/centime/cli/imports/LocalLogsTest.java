package dev.centime.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogsTest {
    @TempDir
    private Path home;

    @Test
    void logsAreWhereTheirAgentsPutThem() {
        assertThat(ImportClaudeCode.roots(null, home))
                .containsExactly(home.resolve(".config/claude/projects"), home.resolve(".claude/projects"));
        assertThat(ImportClaudeCode.roots("/a, /b/projects", home))
                .containsExactly(Path.of("/a/projects"), Path.of("/b/projects"));
        assertThat(ImportCodex.roots("", home))
                .containsExactly(home.resolve(".codex/sessions"), home.resolve(".codex/archived_sessions"));
        assertThat(ImportCodex.roots("/c", home)).contains(Path.of("/c/sessions"));
    }

    @Test
    void aLogIsNewUntilItIsRemembered_andWhenItHasGrown() throws IOException {
        var log = Files.writeString(home.resolve("s.jsonl"), "one\n");
        var memory = home.resolve("memory/claude-code.json");
        var before = ImportedBefore.read(memory, "http://one");
        assertThat(before.has(log)).isFalse();

        before.remember(ImportedBefore.marks(List.of(log)));

        assertThat(ImportedBefore.read(memory, "http://one").has(log)).isTrue();
        assertThat(ImportedBefore.read(memory, "http://another").has(log)).isFalse();
        Files.writeString(log, "one\ntwo\n");
        assertThat(ImportedBefore.read(memory, "http://one").has(log)).isFalse();
    }

    @Test
    void aMemoryThatIsBrokenForgetsEverything() throws IOException {
        var log = Files.writeString(home.resolve("s.jsonl"), "one\n");
        var memory = Files.writeString(home.resolve("m.json"), "{broken");
        assertThat(ImportedBefore.read(memory, "http://one").has(log)).isFalse();
    }

    @Test
    void theFolderOfTheLogsMayBeALink() throws IOException {
        Files.createDirectories(home.resolve("disk/projects/a"));
        Files.writeString(home.resolve("disk/projects/a/s.jsonl"), "one\n");
        var link = Files.createSymbolicLink(home.resolve("projects"), home.resolve("disk/projects"));
        Files.createSymbolicLink(home.resolve("disk/projects/a/circle"), home.resolve("disk/projects"));

        assertThat(Folder.files(link, name -> true)).containsExactly(link.resolve("a/s.jsonl"));
    }

    @Test
    void aFolderIsSentAsOneArchive_withTheNamesBelowIt() {
        try {
            Files.createDirectories(home.resolve("p/q"));
            Files.writeString(home.resolve("p/q/b.jsonl"), "b");
            Files.writeString(home.resolve("p/.hidden"), "x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(Folder.files(home.resolve("p"), name -> true)).containsExactly(home.resolve("p/q/b.jsonl"));
    }
}
