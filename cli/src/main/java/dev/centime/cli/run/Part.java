package dev.centime.cli.run;

import org.jspecify.annotations.Nullable;

/**
 * One of the processes an instance is made of, and where it stands.
 *
 * @param port where it listens on loopback; 0 when it listens nowhere
 * @param pid 0 when it does not run
 * @param sinceMs when it came to this standing, milliseconds since the epoch
 * @param note what stands in its way, if anything does
 */
public record Part(
        String name,
        Standing standing,
        int port,
        long pid,
        int restarts,
        long sinceMs,
        @Nullable String note) {
    /** How far a process has come. */
    public enum Standing {
        WAITING,
        STARTING,
        READY,
        RESTARTING,
        DONE,
        FAILED,
        STOPPED
    }

    static Part waiting(String name, int port) {
        return new Part(name, Standing.WAITING, port, 0, 0, System.currentTimeMillis(), null);
    }

    Part now(Standing next, long nextPid, @Nullable String nextNote) {
        return new Part(name, next, port, nextPid, restarts, System.currentTimeMillis(), nextNote);
    }

    Part restarted() {
        return new Part(name, standing, port, pid, restarts + 1, sinceMs, note);
    }

    boolean settled() {
        return standing == Standing.READY || standing == Standing.DONE;
    }
}
