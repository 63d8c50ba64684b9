package dev.centime.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents say of the repository is so: links lead somewhere, and the table of modules is the list of modules. */
class DocumentsTest {
    private static final Path ROOT = root();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern MODULE = Pattern.compile("<module>([^</]+)</module>");
    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\| \\[([a-z-]+)\\]\\(");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        var dead = new ArrayList<String>();
        for (var document : documents()) {
            var links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                var target = links.group(1);
                if (!target.contains("://")
                        && !Files.exists(document.resolveSibling(target).normalize())) {
                    dead.add(ROOT.relativize(document) + " -> " + target);
                }
            }
        }
        assertThat(dead).as("links that lead nowhere").isEmpty();
    }

    @Test
    void theReadmeListsTheModulesInFlowOrder() throws IOException {
        assertThat(all(TABLE_ROW, Files.readString(ROOT.resolve("README.md"))))
                .isEqualTo(all(MODULE, Files.readString(ROOT.resolve("pom.xml"))));
    }

    @Test
    void everyModuleSaysWhatItIs() throws IOException {
        assertThat(all(MODULE, Files.readString(ROOT.resolve("pom.xml"))))
                .allSatisfy(module ->
                        assertThat(ROOT.resolve(module).resolve("README.md")).exists());
    }

    @Test
    void everyDecisionHasANumberOfItsOwn() throws IOException {
        try (var files = Files.list(ROOT.resolve("docs/decisions"))) {
            var numbers = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> name.substring(0, 4))
                    .toList();
            assertThat(numbers).allMatch(number -> number.matches("\\d{4}")).doesNotHaveDuplicates();
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** Does not even look where builds and git come and go with files of their own. */
    private static List<Path> documents() throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static Path root() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here;
    }
}
