package dev.centime.cli.run;

import dev.centime.cli.Failure;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        header = "Shows what runs on a data directory.",
        description = "Ends with 0 when everything is ready, with 3 when it is not.")
public final class Status implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption place;

    @Override
    public Integer call() {
        var directory = place.directory();
        if (!directory.exists()) {
            throw new Failure(
                    "There is no Centime in " + directory + ": start one with `centime up`.", Failure.UNREACHABLE);
        }
        if (DirectoryLock.holder(directory).isEmpty()) {
            var left = Orphans.of(directory).size();
            throw new Failure(
                    left == 0
                            ? "Nothing runs on " + directory + ": start it with `centime up`."
                            : "The launcher is gone and " + left
                                    + " of its processes still run: `centime up` takes over, "
                                    + "`centime down` stops them.",
                    Failure.UNREACHABLE);
        }
        var state = InstanceState.read(directory)
                .orElseThrow(() -> new Failure("The launcher has just begun.", Failure.UNREACHABLE));
        show(state);
        return state.ready() ? 0 : Failure.UNREACHABLE;
    }

    private static void show(InstanceState state) {
        var table = Table.of("Part", "State", ">Port", ">Process", ">Memory", ">Since", ">Restarts");
        for (var part : state.parts()) {
            table.row(
                    part.name(),
                    part.standing().name().toLowerCase(java.util.Locale.ROOT),
                    part.port() == 0 ? "" : String.valueOf(part.port()),
                    part.pid() == 0 ? "" : String.valueOf(part.pid()),
                    Memory.resident(part.pid()),
                    ago(part.sinceMs()),
                    String.valueOf(part.restarts()));
        }
        System.out.print(table.draw(Terminal.stdout()));
        System.out.println(state.address());
    }

    private static String ago(long sinceMs) {
        var time = Duration.ofMillis(Math.max(0, System.currentTimeMillis() - sinceMs));
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
