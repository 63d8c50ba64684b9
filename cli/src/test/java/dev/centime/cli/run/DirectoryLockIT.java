package dev.centime.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks are between processes, so the holder is one. */
class DirectoryLockIT {
    @TempDir
    Path place;

    @Test
    void isHeldByOneProcess_andFreeWhenThatOneIsKilled() throws IOException {
        var directory = DataDirectory.at(place.resolve("data")).create();
        var holder = new ProcessBuilder(
                        Jvm.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
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

    /** Holds the lock until it is killed. */
    static final class Holder {
        public static void main(String[] args) throws InterruptedException {
            DirectoryLock.take(DataDirectory.at(Path.of(args[0]))).orElseThrow();
            Thread.currentThread().join();
        }
    }
}
