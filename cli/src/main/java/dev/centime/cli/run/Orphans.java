package dev.centime.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * This instance's processes that outlived their launcher. They are known by the instance's mark on their command lines, which
 * no other process carries: a recorded process id alone may by now be a stranger's.
 */
final class Orphans {
    private static final int LONGEST_KILL_SECONDS = 30;

    private Orphans() {}

    static List<ProcessHandle> of(DataDirectory directory) {
        var found = new ArrayList<>(services(directory));
        found.addAll(database(directory));
        return found;
    }

    /** Stops them all, services before the database; what does not go is killed. Returns when they are gone, with their ports free. */
    static int stop(DataDirectory directory) {
        var services = services(directory);
        services.forEach(ProcessHandle::destroy);
        awaitEnd(services, 10);
        // The server's own children go with it. SIGINT is its fast shutdown; SIGTERM would wait for every client.
        var database = database(directory);
        database.stream()
                .filter(process -> !line(process).startsWith("postgres: "))
                .forEach(process -> Signals.interrupt(process.pid()));
        awaitEnd(database, 30);
        return services.size() + database.size();
    }

    private static void awaitEnd(List<ProcessHandle> processes, int seconds) {
        try {
            if (!haveEnded(processes, seconds)) {
                processes.forEach(ProcessHandle::destroyForcibly);
                // It takes the system a moment to give back memory, locks and ports.
                haveEnded(processes, LONGEST_KILL_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean haveEnded(List<ProcessHandle> processes, int seconds) throws InterruptedException {
        var all = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            all.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private static List<ProcessHandle> services(DataDirectory directory) {
        var mark = Service.mark(directory);
        return ProcessHandle.allProcesses()
                .filter(process -> runs(process, "/java") && hasArgument(process, mark))
                .toList();
    }

    private static List<ProcessHandle> database(DataDirectory directory) {
        var name = Postgres.clusterName(directory);
        return ProcessHandle.allProcesses()
                .filter(process -> runs(process, "/postgres"))
                .filter(process -> hasArgument(process, "cluster_name=" + name)
                        || line(process).startsWith("postgres: " + name + ": "))
                .toList();
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info().command().filter(path -> path.endsWith(program)).isPresent();
    }

    private static boolean hasArgument(ProcessHandle process, String argument) {
        return process.info()
                .arguments()
                .filter(all -> Arrays.asList(all).contains(argument))
                .isPresent();
    }

    /** PostgreSQL's children write their title over their command line. */
    private static String line(ProcessHandle process) {
        return process.info()
                .commandLine()
                .map(line -> line.replaceFirst("^/\\S*/postgres ", ""))
                .orElse("");
    }
}
