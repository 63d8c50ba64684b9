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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server as a process of its own, under the account that runs this test, root included. */
class PostgresProcessIT {
    @TempDir
    Path place;

    private DataDirectory directory;
    private Board board;
    private Postgres postgres;
    private Child child;

    @BeforeEach
    void start() {
        directory = DataDirectory.at(place.resolve("data")).create();
        board = new Board(directory, "http://127.0.0.1:1");
        board.expect(List.of(Part.waiting("postgres", 0)));
        postgres = new Postgres(directory, new Ports().next());
        postgres.prepare("secret");
        child = launch();
    }

    @AfterEach
    void stop() {
        child.stop(process -> Signals.interrupt(process.pid()), Duration.ofSeconds(20));
        Orphans.stop(directory);
    }

    @Test
    void startsAgain_whenItIsKilled() {
        var first = pid();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        awaitReadyOtherThan(first);
        assertThat(board.part("postgres").restarts()).isPositive();
    }

    @Test
    void isFoundAndStopped_whenItsLauncherIsGone() {
        assertThat(Orphans.of(directory)).extracting(ProcessHandle::pid).contains(pid());

        // The watcher would start it again: the launcher's death is played by a child that does not watch any more.
        child.stop(process -> {}, Duration.ofMillis(1));
        awaitNobodyLeft();
        var second = launchUnwatched();

        assertThat(Orphans.stop(directory)).isPositive();
        assertThat(ProcessHandle.of(second.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(Orphans.of(directory)).isEmpty();
    }

    @Test
    void startsOverAStalePid_thatNowBelongsToAStranger() throws IOException {
        child.stop(Process::destroyForcibly, Duration.ofSeconds(10));
        awaitNobodyLeft();
        var file = directory.cluster().resolve("postmaster.pid");
        var lines = Files.readAllLines(file);
        lines.set(0, String.valueOf(ProcessHandle.current().pid()));
        Files.write(file, lines);

        postgres.prepare("secret");
        child = launch();

        assertThat(board.part("postgres").standing()).isEqualTo(Standing.READY);
    }

    @Test
    void keepsItsFilesFromOthers() throws IOException {
        assertThat(Files.getPosixFilePermissions(directory.cluster())).hasSize(3);
        assertThat(Files.getPosixFilePermissions(directory.path())).hasSize(3);
    }

    /** The children of a server that was killed go a moment after it, and the next does not start while one is there. */
    private void awaitNobodyLeft() {
        await().atMost(Duration.ofSeconds(60)).until(() -> Orphans.of(directory).isEmpty());
    }

    private Child launch() {
        var launched = new Child(
                "postgres",
                postgres.command(),
                Map.of(),
                directory.log("postgres"),
                board,
                process -> postgres.isReady(process.pid()));
        launched.start();
        awaitReadyOtherThan(0);
        return launched;
    }

    private Process launchUnwatched() {
        try {
            var process = new ProcessBuilder(postgres.command())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.log("postgres").toFile())
                    .start();
            await().atMost(Duration.ofSeconds(60)).until(() -> postgres.isReady(process.pid()));
            return process;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long pid() {
        return board.part("postgres").pid();
    }

    private void awaitReadyOtherThan(long pid) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> board.part("postgres").standing() == Standing.READY && pid() != pid);
    }
}
