package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The embedded server: its cluster on disk, its settings, and how it is started. */
final class Postgres {
    static final String SUPERUSER = "postgres";

    private final DataDirectory directory;
    private final PostgresPrograms programs;
    private final Account account;
    private final int port;

    Postgres(DataDirectory directory, int port) {
        this.directory = directory;
        this.port = port;
        this.programs = PostgresPrograms.unpackedIn(directory);
        this.account = Account.forPostgres(programs);
    }

    /** Brings the cluster into a state from which the server can start. */
    void prepare(String superuserPassword) {
        try {
            if (!Files.exists(directory.cluster())) {
                initialize(superuserPassword);
            }
            settings();
            account.own(directory.cluster());
            forgetStrangersPid();
        } catch (IOException e) {
            throw new Failure("The database in " + directory.cluster() + " could not be prepared: " + e.getMessage());
        }
    }

    List<String> command() {
        // cluster_name shows in the titles of all its processes: by it they are known again after a crash of the
        // launcher.
        return account.command(List.of(
                programs.program("postgres").toString(),
                "-D",
                directory.cluster().toString(),
                "-c",
                "cluster_name=" + clusterName(directory)));
    }

    static String clusterName(DataDirectory directory) {
        return "centime-" + directory.mark();
    }

    /** Whether the server with this process id accepts connections. */
    boolean isReady(long pid) {
        try {
            var lines = Files.readAllLines(postmasterPid());
            return lines.size() >= 8
                    && Long.parseLong(lines.getFirst().strip()) == pid
                    && lines.get(7).strip().equals("ready");
        } catch (IOException | NumberFormatException e) {
            return false; // not written yet, or being written
        }
    }

    private void initialize(String superuserPassword) throws IOException {
        var draft = directory.path().resolve("postgres.new");
        Trees.delete(draft);
        Files.createDirectory(draft);
        Files.setPosixFilePermissions(draft, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        account.own(draft);
        var password = Files.createTempFile("centime", ".pw");
        try {
            Files.writeString(password, superuserPassword);
            account.own(password);
            run(List.of(
                    programs.program("initdb").toString(),
                    "-D",
                    draft.toString(),
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions"));
        } finally {
            Files.deleteIfExists(password);
        }
        Files.writeString(
                draft.resolve("postgresql.conf"),
                "\n# Written anew at each start; settings of your own belong below this line.\ninclude 'centime.conf'\n",
                java.nio.file.StandardOpenOption.APPEND);
        Files.move(draft, directory.cluster(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(List<String> program) throws IOException {
        var log = directory.log("initdb");
        var process = new ProcessBuilder(account.command(program))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Failure("initdb did not end within two minutes; see " + log + ".");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new Failure("The start was interrupted.");
        }
        if (process.exitValue() != 0) {
            throw new Failure("initdb failed: " + LogTail.of(log, 5));
        }
    }

    private void settings() throws IOException {
        // Acknowledged means durable: the first three say so although they are the defaults.
        Files.writeString(directory.cluster().resolve("centime.conf"), """
                fsync = on
                full_page_writes = on
                synchronous_commit = on
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 60
                shared_buffers = '128MB'
                max_wal_size = '2GB'
                wal_compression = 'pglz'
                checkpoint_timeout = '15min'
                jit = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%u@%%d '
                """.formatted(port));
    }

    /**
     * Removes a {@code postmaster.pid} whose process id now belongs to a stranger, whom PostgreSQL would take for a running
     * server. Any other stale one is left to PostgreSQL, which also looks for survivors in shared memory.
     */
    private void forgetStrangersPid() throws IOException {
        if (!Files.exists(postmasterPid())) {
            return;
        }
        var recorded = Files.readAllLines(postmasterPid()).getFirst().strip();
        var alive = recorded.matches("\\d{1,9}")
                && ProcessHandle.of(Long.parseLong(recorded)).isPresent();
        if (alive && Orphans.of(directory).isEmpty()) {
            Files.delete(postmasterPid());
        }
    }

    private Path postmasterPid() {
        return directory.cluster().resolve("postmaster.pid");
    }
}
