package dev.centime.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The page's TypeScript: that its types hold, and the tests of its pure functions beside this file in {@code src/test/web}.
 * Both by the Deno that comes with the bundler from Maven, so no browser and no Node is needed.
 */
class PageCodeTest {

    private static final Path APP = Path.of("src/main/resources/web/app");
    private static final Path TESTS = Path.of("src/test/web");
    private static Deno deno;

    @BeforeAll
    static void unpackDeno() {
        deno = Deno.unpackedTo(Path.of("target/deno"));
    }

    @Test
    void typesHold() {
        var overview = APP.resolve("page/centime-app.ts");
        var docs = APP.resolve("docs/api-docs.ts");
        var run = deno.run("check", "--no-remote", "--config", TESTS.resolve("deno.json"), overview, docs);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> functions() throws IOException {
        var report = Path.of("target/page-functions.xml");
        Files.deleteIfExists(report);
        var run = deno.run(
                "test", "--no-remote", "--config", TESTS.resolve("deno.json"), "--junit-path=" + report, TESTS);
        var cases = FunctionReport.read(report, run.output());
        if (cases.stream().allMatch(each -> each.failure() == null)) {
            assertThat(run.exitCode()).as(run.output()).isZero();
        }
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), each::verify));
    }
}
