package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", header = "Stops the Centime that runs on a data directory, and waits until it has stopped.")
public final class Down implements Callable<Integer> {
    /** Longer than the launcher itself waits for its processes. */
    private static final int PATIENCE_SECONDS = 120;

    @Mixin
    private DataDirectoryOption place;

    @Override
    public Integer call() throws InterruptedException {
        var directory = place.directory();
        if (!directory.exists()) {
            throw new Failure("There is no Centime in " + directory + ": name its directory with --data-dir.");
        }
        var launcher = DirectoryLock.holder(directory);
        if (launcher.isPresent()) {
            stop(directory, launcher.get());
            System.out.println("Stopped.");
            return 0;
        }
        var left = Orphans.stop(directory);
        System.out.println(
                left == 0
                        ? "Nothing runs on " + directory + "."
                        : "Stopped " + left + " processes whose launcher was gone.");
        return 0;
    }

    private static void stop(DataDirectory directory, ProcessHandle launcher) throws InterruptedException {
        launcher.destroy();
        try {
            launcher.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new Failure("The launcher (process " + launcher.pid() + ") did not stop within " + PATIENCE_SECONDS
                    + " s; its logs are in " + directory.logs() + ".");
        }
    }
}
