package dev.centime.cli.run;

import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs an instance of its own for a moment and keeps what the JVMs learned, so that every later start takes a third of the time
 * (decision 0062). The launcher script calls it after a build. What cannot be trained starts all the same.
 */
@Command(name = "train", hidden = true, header = "Prepares fast starts of what was built anew.")
public final class Train implements Callable<Integer> {
    private final Path home = Up.home();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var programs = programs();
        if (programs.values().stream().allMatch(Learned::isCurrent)) {
            return 0;
        }
        System.err.println("Preparing fast starts (once after each build)");
        var scratch = Files.createTempDirectory("centime-train");
        try {
            run(DataDirectory.at(scratch.resolve("data")).create());
        } catch (Failure e) {
            System.err.println("  broken off: " + e.getMessage());
        } finally {
            Trees.delete(scratch);
        }
        var left = new ArrayList<String>();
        for (var program : programs.entrySet()) {
            if (!program.getValue().keep()) {
                left.add(program.getKey());
            }
        }
        if (!left.isEmpty()) {
            System.err.println("  left out: " + String.join(", ", left));
        }
        return 0;
    }

    private Map<String, Learned> programs() {
        var programs = new LinkedHashMap<String, Learned>();
        Arrays.stream(Service.values()).forEach(service -> programs.put(service.label(), service.learned(home)));
        programs.put(Migration.NAME, Migration.learned(home));
        return programs;
    }

    private void run(DataDirectory directory) throws InterruptedException {
        var port = new Ports().next();
        var board = new Board(directory, "http://127.0.0.1:" + port);
        try (var instance = new Supervisor(home, directory, port, null, board, Supervisor.Run.TO_LEARN)) {
            instance.start();
            System.err.println("  asking what is asked every day");
            new Rehearsal(new Gateway(board.state().address(), AdminKey.of(directory))).play();
            System.err.println("  keeping what was learned");
        }
    }
}
