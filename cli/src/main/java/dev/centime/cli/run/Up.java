package dev.centime.cli.run;

import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.demo.Demo;
import dev.centime.cli.terminal.Terminal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        header = "Starts Centime on this machine: a database, five services, one address.",
        description = "Runs until Ctrl-C, which stops everything cleanly; with --detach it returns when all is ready.",
        footer = {
            "",
            "Examples:",
            "  centime up --demo               start, with sixty days of real usage to look at",
            "  centime up --detach --port 9000 start in the background, at another address",
            "  centime down                    stop it"
        })
public final class Up implements Callable<Integer> {
    static final String POSTGRES_URL_VARIABLE = "CENTIME_POSTGRES_URL";

    @Mixin
    private DataDirectoryOption place;

    @Option(names = "--demo", description = "Load a real trace as the usage of the last sixty days, once.")
    private boolean demo;

    @Option(names = "--detach", description = "Return when everything is ready and leave it running.")
    private boolean detach;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The port of the address (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--postgres-url",
            paramLabel = "URL",
            defaultValue = "${env:" + POSTGRES_URL_VARIABLE + "}",
            description =
                    "Use this PostgreSQL instead of the one that comes along:"
                            + " postgresql://user:password@host:5432/database. The account may create roles. Also CENTIME_POSTGRES_URL.")
    private @Nullable String postgresUrl;

    @Option(names = "--no-build", description = "Take what is built; do not look whether the sources are newer.")
    private boolean noBuild;

    /** How `--detach` starts the launcher that stays. */
    @Option(names = "--stay", hidden = true)
    private boolean stay;

    @Override
    public Integer call() throws Exception {
        if (port < 1 || port > 65535) {
            throw new Failure("--port must be between 1 and 65535.", 2);
        }
        if (postgresUrl != null) {
            Database.of(postgresUrl);
        }
        var directory = place.directory().create();
        DirectoryLock.holder(directory).ifPresent(holder -> {
            throw alreadyRunning(directory, holder.pid());
        });
        return detach ? inBackground(directory) : inForeground(directory);
    }

    private int inForeground(DataDirectory directory) throws InterruptedException {
        var lock = DirectoryLock.take(directory).orElseThrow(() -> alreadyRunning(directory, 0));
        var board = new Board(directory, address());
        var supervisor = new Supervisor(home(), directory, port, postgresUrl, board, Supervisor.Run.TO_SERVE);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            supervisor.close();
            lock.close();
            stopped.countDown();
        }));
        try (var progress = new Progress(board::state, System.out, Terminal.stdout())) {
            supervisor.start();
        } catch (Failure e) {
            board.failed(e.getMessage());
            throw e;
        }
        if (!stay) {
            welcome(directory, board.state(), System.out);
            loadDemo(directory);
            System.out.println("Ctrl-C stops it.");
        }
        stopped.await();
        return 0;
    }

    private int inBackground(DataDirectory directory) throws Exception {
        var launcher = Background.start(directory, port, postgresUrl);
        try (var progress = new Progress(launcher::state, System.out, Terminal.stdout())) {
            launcher.awaitReady();
        }
        welcome(directory, launcher.state(), System.out);
        loadDemo(directory);
        return 0;
    }

    private void loadDemo(DataDirectory directory) {
        if (demo) {
            new Demo(new Gateway(address(), AdminKey.of(directory))).load(System.out, Terminal.stdout());
        }
    }

    private void welcome(DataDirectory directory, InstanceState state, PrintStream out) {
        out.println();
        out.println("Centime is ready: " + state.address());
        if (state.newAdminKey()) {
            out.println("Administrator's key (shown this once, kept in " + directory.adminKey() + "):");
            out.println("  " + AdminKey.of(directory));
        } else {
            out.println("Administrator's key: in " + directory.adminKey());
        }
        out.println();
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    static Path home() {
        return Path.of(System.getProperty("centime.home", ".")).toAbsolutePath().normalize();
    }

    private static Failure alreadyRunning(DataDirectory directory, long pid) {
        var address = InstanceState.read(directory).map(InstanceState::address).orElse("an unknown address");
        return new Failure("Centime already runs on " + directory + " (" + address
                + (pid == 0 ? "" : ", process " + pid) + "): stop it with `centime down --data-dir " + directory
                + "`, or choose another --data-dir.");
    }
}
