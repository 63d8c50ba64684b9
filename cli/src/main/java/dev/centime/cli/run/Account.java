package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Under which account PostgreSQL runs. It refuses to be root; an ordinary user starts it as it is, and for root this finds a way
 * that works on this machine (decision 0061).
 *
 * @param prefix what stands before the program on its command line
 * @param files what the database's files must belong to, as {@code chown} takes it; empty when they stay the caller's
 */
record Account(List<String> prefix, String files) {
    private static final String NOBODY = "65534:65534";

    static Account forPostgres(PostgresPrograms programs) {
        if (!isRoot()) {
            return new Account(List.of(), "");
        }
        // A user namespace in which root is nobody: the files stay root's own, and no directory above needs opening.
        // Container runtimes often forbid it; then a real change of account, for which the files must change hands.
        var ways = List.of(
                new Account(List.of("unshare", "--user", "--"), ""),
                new Account(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"), NOBODY),
                new Account(List.of("chroot", "--userspec=" + NOBODY, "--groups=", "/"), NOBODY));
        return ways.stream()
                .filter(way -> way.canRun(programs.program("postgres")))
                .findFirst()
                .orElseThrow(
                        () -> new Failure("PostgreSQL does not run as root, and neither unshare, setpriv nor chroot "
                                + "could start it as another account that may read " + programs.home()
                                + ": choose a --data-dir outside root's home, or run as an ordinary user."));
    }

    List<String> command(List<String> program) {
        var command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** Hands a file or a tree to the account. */
    void own(Path path) throws IOException {
        if (!files.isEmpty()) {
            run(List.of("chown", "-R", files, path.toString()));
        }
    }

    private boolean canRun(Path postgres) {
        try {
            return run(command(List.of(postgres.toString(), "--version")));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isRoot() {
        // user.name comes from the password file of this account, so it is right also under sudo with another HOME.
        return "root".equals(System.getProperty("user.name"));
    }
}
