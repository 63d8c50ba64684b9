package dev.centime.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.Thread.State;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks are between processes, so the holder is one. */
class DirectoryLockIT {
    @TempDir
    Path place;

    @Test
    void isHeldByOneProcess_andFreeWhenThatOneIsKilled() throws IOException {
        var directory = DataDirectory.at(place.resolve("data")).create();
        var holder = start(Holder.class, directory).start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> DirectoryLock.holder(directory).isPresent());

            assertThat(DirectoryLock.holder(directory).orElseThrow().pid()).isEqualTo(holder.pid());
            assertThat(DirectoryLock.take(directory)).isEmpty();
        } finally {
            holder.destroyForcibly();
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> DirectoryLock.holder(directory).isEmpty());
        DirectoryLock.take(directory).orElseThrow().close();
    }

    @Test
    void whoOnlyAsksForTheHolder_keepsNobodyFromTakingIt() throws Exception {
        var directory = DataDirectory.at(place.resolve("data")).create();
        var asker = start(Asker.class, directory)
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.PIPE)
                .start();
        try {
            assertThat(asker.getInputStream().read()).isEqualTo('?');
            var taken = new AtomicReference<Optional<DirectoryLock>>(Optional.empty());
            var taking = Thread.ofPlatform().start(() -> taken.set(DirectoryLock.take(directory)));
            await().atMost(Duration.ofSeconds(60)).until(() -> taking.getState() != State.RUNNABLE);
            asker.getOutputStream().close();

            taking.join();

            taken.get().orElseThrow().close();
        } finally {
            asker.destroyForcibly();
        }
    }

    private static ProcessBuilder start(Class<?> program, DataDirectory directory) {
        return new ProcessBuilder(
                        Jvm.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString())
                .inheritIO();
    }

    /** Is in the middle of asking until its input ends. */
    static final class Asker {
        public static void main(String[] args) throws IOException {
            var lock = DataDirectory.at(Path.of(args[0])).lock();
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.print('?');
                System.out.flush();
                System.in.read();
            }
        }
    }

    /** Holds the lock until it is killed. */
    static final class Holder {
        public static void main(String[] args) throws InterruptedException {
            DirectoryLock.take(DataDirectory.at(Path.of(args[0]))).orElseThrow();
            Thread.currentThread().join();
        }
    }
}
