package dev.centime.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.cli.run.Part.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the shell as the process that is watched over. */
class ChildIT {
    @TempDir
    Path place;

    private DataDirectory directory;
    private Board board;

    @BeforeEach
    void open() {
        directory = DataDirectory.at(place.resolve("data")).create();
        board = new Board(directory, "http://127.0.0.1:1");
        board.expect(List.of(Part.waiting("part", 0)));
    }

    @Test
    void isStartedAgain_afterEachDeath() {
        var child = child("exit 7");

        child.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> board.part("part").restarts() >= 2);
        child.stop(Process::destroy, Duration.ofSeconds(5));

        assertThat(board.part("part").standing()).isEqualTo(Standing.STOPPED);
    }

    @Test
    void isKilled_whenItDoesNotListen() throws IOException {
        var child = child("trap '' TERM; echo deaf; while :; do sleep 1; done");
        child.start();
        // The file is not there before the process is.
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> Files.readString(directory.log("part"))
                .contains("deaf"));
        var pid = board.part("part").pid();

        child.stop(Process::destroy, Duration.ofMillis(200));

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void saysWhy_whenItCannotBeStarted() {
        var child =
                new Child("part", List.of("/no/such/program"), Map.of(), directory.log("part"), board, process -> true);

        child.start();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> board.part("part").standing() == Standing.FAILED
                        || board.part("part").restarts() > 0);
        child.stop(Process::destroy, Duration.ofSeconds(1));
    }

    @Test
    void leavesItsStateForOtherCommands() {
        var child = child("sleep 60");
        child.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> board.part("part").standing() == Standing.READY);

        var seen = InstanceState.read(directory).orElseThrow();

        assertThat(seen.ready()).isTrue();
        assertThat(seen.parts())
                .extracting(Part::pid)
                .containsExactly(board.part("part").pid());
        child.stop(Process::destroy, Duration.ofSeconds(5));
    }

    private Child child(String script) {
        return new Child("part", List.of("sh", "-c", script), Map.of(), directory.log("part"), board, process -> true);
    }
}
