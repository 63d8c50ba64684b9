package dev.centime.cli.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the launcher knows of every part, kept in memory for its own display and in a file for other commands. */
final class Board {
    private final DataDirectory directory;
    private final String address;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private boolean newAdminKey;
    private @Nullable String failure;

    Board(DataDirectory directory, String address) {
        this.directory = directory;
        this.address = address;
    }

    synchronized void expect(List<Part> expected) {
        expected.forEach(part -> parts.put(part.name(), part));
        changed();
    }

    synchronized Part update(String name, UnaryOperator<Part> change) {
        var part = parts.compute(name, (key, old) -> change.apply(old == null ? Part.waiting(name, 0) : old));
        changed();
        return part;
    }

    synchronized void adminKeyMade() {
        newAdminKey = true;
        changed();
    }

    synchronized void failed(String reason) {
        failure = reason;
        changed();
    }

    synchronized Part part(String name) {
        var part = parts.get(name);
        return part == null ? Part.waiting(name, 0) : part;
    }

    synchronized InstanceState state() {
        return new InstanceState(
                ProcessHandle.current().pid(), address, newAdminKey, failure, List.copyOf(parts.values()));
    }

    private void changed() {
        notifyAll();
        try {
            state().write(directory);
        } catch (IOException e) {
            // The file serves other commands; a full disk must not stop the processes themselves.
            System.err.println("run/state.json could not be written: " + e.getMessage());
        }
    }

    /** Waits until something changes, or the time is over. */
    synchronized void awaitChange(long timeoutMs) throws InterruptedException {
        wait(timeoutMs);
    }
}
