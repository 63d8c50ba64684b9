package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands of a document: what stands in its fences for a shell, run as it stands there but for the address. */
final class DocumentedCommands {
    private static final String ADDRESS = "http://127.0.0.1:8080";
    private static final String FENCE = "```";

    /** Fails where the server refuses, and ends curl's output, which a document has no need of. */
    private static final String STRICT = "set -e; curl() { command curl --fail-with-body -sS \"$@\"; echo; }\n"
            + "centime() { sh \"$HOME_OF_CENTIME/centime\" \"$@\"; }\n";

    private DocumentedCommands() {}

    /** @param document from the root of the repository */
    static List<String> of(String document) throws IOException {
        var commands = new ArrayList<String>();
        String kind = null;
        var block = new StringBuilder();
        for (var line : Files.readAllLines(Launcher.HOME.resolve(document))) {
            if (!line.startsWith(FENCE)) {
                block.append(line).append('\n');
            } else if (kind == null) {
                kind = line.substring(FENCE.length());
                block.setLength(0);
            } else {
                if (kind.equals("sh") || kind.isEmpty() && block.indexOf("curl ") == 0) {
                    commands.add(block.toString());
                }
                kind = null;
            }
        }
        assertThat(commands).as(document).isNotEmpty();
        return commands;
    }

    /**
     * Runs one, which must succeed and have no part of it refused.
     *
     * @param folder for what it writes
     * @return what it printed
     */
    static String run(Instance centime, Path folder, String command) throws IOException, InterruptedException {
        var address = centime.api().address();
        var process = new ProcessBuilder("bash", "-c", STRICT + command.replace(ADDRESS, address))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        var environment = process.environment();
        environment.put("HOME_OF_CENTIME", Launcher.HOME.toString());
        environment.put("KEY", Instance.ADMIN_KEY);
        environment.put("API", address + "/api/v1");
        environment.put("CENTIME_URL", address);
        environment.put("CENTIME_API_KEY", Instance.ADMIN_KEY);
        var run = process.start();
        var answer = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(command + answer).isZero();
        assertThat(answer.replace(" ", ""))
                .as(command)
                .doesNotContain("\"rejected\":[{")
                .doesNotContain("\"refused\":[{")
                .doesNotContain("\"errors\":[{")
                .doesNotContain("partialSuccess");
        return answer;
    }
}
