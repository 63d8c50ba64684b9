package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One launcher a data directory. The kernel gives the lock back when its holder dies, however it dies, so there is no stale
 * one; the holder's process id stands in the file for whoever wants to stop it.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or nothing when another process holds it. */
    static Optional<DirectoryLock> take(DataDirectory directory) {
        try {
            var channel = FileChannel.open(
                    directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel, directory)) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            var holder = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
            return Optional.of(new DirectoryLock(channel));
        } catch (IOException e) {
            throw new Failure("The lock of " + directory + " cannot be taken: " + e.getMessage());
        }
    }

    /** Whoever only asks for the holder has a free lock for a moment, too: he has not written that it is his. */
    private static boolean locked(FileChannel channel, DataDirectory directory) throws IOException {
        var deadline = System.nanoTime() + LONGEST_QUESTION.toNanos();
        while (channel.tryLock() == null) {
            if (written(directory).filter(ProcessHandle::isAlive).isPresent() || System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        return true;
    }

    /** The launcher that holds the lock now, if one does. */
    static Optional<ProcessHandle> holder(DataDirectory directory) {
        if (!Files.exists(directory.lock())) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(directory.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var free = channel.tryLock();
            if (free != null) {
                return Optional.empty();
            }
            return written(directory);
        } catch (IOException e) {
            throw new Failure("The lock of " + directory + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<ProcessHandle> written(DataDirectory directory) throws IOException {
        var text = Files.readString(directory.lock()).strip();
        return text.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(text));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Failure("The lock cannot be given back: " + e.getMessage());
        }
    }
}
