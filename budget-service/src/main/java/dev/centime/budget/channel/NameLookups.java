package dev.centime.budget.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks where names lead, on threads kept for that. Java waits for a name server inside the operating system, where a virtual thread holds
 * up the few that all of them run on: a stranger whose name server never answers would hold up the whole service.
 */
final class NameLookups implements AutoCloseable {
    private final Lookup lookup;
    private final Duration patience;
    private final Semaphore free;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("name-lookup-", 0).daemon().factory());

    /** Who knows names. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** @param atOnce at most; who comes while so many are asked is refused */
    NameLookups(Lookup lookup, int atOnce, Duration patience) {
        this.lookup = lookup;
        this.patience = patience;
        this.free = new Semaphore(atOnce);
    }

    /** @throws UnknownHostException when there is no such name, or nobody answers in time */
    InetAddress[] of(String host) throws UnknownHostException {
        if (!free.tryAcquire()) {
            throw new UnknownHostException(host + " (too many other names are being looked up)");
        }
        var asked = threads.submit(asking(host));
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new UnknownHostException(host + " (no name server answered within " + patience.toSeconds() + " s)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + " (interrupted)");
        }
    }

    private Callable<InetAddress[]> asking(String host) {
        return () -> {
            try {
                return lookup.of(host);
            } finally {
                free.release();
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
