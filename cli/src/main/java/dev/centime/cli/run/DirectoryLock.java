package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One launcher a data directory. The kernel gives the lock back when its holder dies, however it dies, so there is no stale
 * one; the holder's process id stands in the file for whoever wants to stop it.
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or nothing when another process holds it. */
    static Optional<DirectoryLock> take(DataDirectory directory) {
        try {
            var channel = FileChannel.open(
                    directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
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
            var text = Files.readString(directory.lock()).strip();
            return text.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(text));
        } catch (IOException e) {
            throw new Failure("The lock of " + directory + " cannot be read: " + e.getMessage());
        }
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
