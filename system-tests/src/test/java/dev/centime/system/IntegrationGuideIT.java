package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the integration guide, run as they stand there. */
@ExtendWith(DemoInstance.class)
class IntegrationGuideIT {
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```\n(curl .*?)^```$");
    private static final String ADDRESS = "http://127.0.0.1:8080";

    /** Fails where the server refuses, and ends its output, which the guide has no need of. */
    private static final String STRICT = "set -e; curl() { command curl --fail-with-body -sS \"$@\"; echo; }\n";

    @ParameterizedTest
    @ValueSource(strings = {"json", "opentelemetry", "litellm", "langfuse", "cloudevents"})
    void everyCommandRecordsWhatItSends(String page, Instance centime) throws IOException, InterruptedException {
        var text = Files.readString(guide().resolve(page + ".md"));
        var commands = COMMANDS.matcher(text).results().map(MatchResult::group).toList();
        assertThat(commands).isNotEmpty();

        for (var command : commands) {
            var script =
                    command.replace("```", "").replace(ADDRESS, centime.api().address());
            var process = new ProcessBuilder("bash", "-c", STRICT + script).redirectErrorStream(true);
            process.environment().put("KEY", Instance.ADMIN_KEY);
            var run = process.start();
            var answer = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).as(answer).isZero();
            assertThat(answer.replace(" ", ""))
                    .doesNotContain("\"rejected\":[{")
                    .doesNotContain("\"errors\":[{")
                    .doesNotContain("partialSuccess");
        }
    }

    private static Path guide() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here.resolve("docs/integrations");
    }
}
