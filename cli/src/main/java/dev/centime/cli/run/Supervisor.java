package dev.centime.cli.run;

import dev.centime.cli.Failure;
import dev.centime.cli.run.Part.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Starts an instance and keeps it running: the database first, then the migration job and the five services side by side. The
 * services wait for the database's version by themselves.
 */
final class Supervisor implements AutoCloseable {
    static final String POSTGRES = "postgres";
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    /** A part that ends this often before it was ready once is not going to be ready. */
    private static final int DEATHS_GIVEN_UP_AT = 4;

    private final Path home;
    private final DataDirectory directory;
    private final int gatewayPort;
    private final @Nullable String postgresUrl;
    private final Board board;
    private final Run run;
    private final Ports ports = new Ports();
    private final Readiness readiness = new Readiness();
    private final List<Child> services = new ArrayList<>();
    private @Nullable Child server;
    private @Nullable Job migration;

    /** What an instance is started for. */
    enum Run {
        TO_SERVE(5, Duration.ofSeconds(10)),
        /** What they learned takes half a gigabyte each to write down. */
        TO_LEARN(2, Duration.ofSeconds(90));

        private final int stoppedAtOnce;
        private final Duration patience;

        Run(int stoppedAtOnce, Duration patience) {
            this.stoppedAtOnce = stoppedAtOnce;
            this.patience = patience;
        }

        List<String> options(Learned learned) {
            return this == TO_LEARN ? learned.write() : learned.use();
        }
    }

    Supervisor(
            Path home, DataDirectory directory, int gatewayPort, @Nullable String postgresUrl, Board board, Run run) {
        this.home = home;
        this.directory = directory;
        this.gatewayPort = gatewayPort;
        this.postgresUrl = postgresUrl;
        this.board = board;
        this.run = run;
    }

    /** Returns when every part is ready; else fails with the reason, and {@link #close} stops what was started. */
    void start() throws InterruptedException {
        for (var service : Service.values()) {
            service.requireBuilt(home);
        }
        Orphans.stop(directory);
        if (!Ports.isFree(gatewayPort)) {
            throw new Failure("Port " + gatewayPort + " is taken by another program: choose one with --port.");
        }
        var servicePorts = servicePorts();
        var secrets = Secrets.of(directory);
        expect(servicePorts);

        var database = postgresUrl == null ? startServer(secrets) : Database.of(postgresUrl);
        startMigration(database);
        var adminKey = secrets.adminKey(board::adminKeyMade);
        for (var service : Service.values()) {
            startService(service, servicePorts, environment(service, servicePorts, database, secrets, adminKey));
        }
        awaitAll();
    }

    /** Stops everything in the reverse order: nobody loses the database under a running request. */
    @Override
    public void close() {
        var stops = new ArrayList<Thread>();
        var turns = new Semaphore(run.stoppedAtOnce);
        for (var child : services) {
            stops.add(Thread.ofVirtual().start(() -> {
                turns.acquireUninterruptibly();
                child.stop(Process::destroy, run.patience);
                turns.release();
            }));
        }
        if (migration != null) {
            var job = migration;
            stops.add(Thread.ofVirtual().start(() -> job.stop(Duration.ofSeconds(5))));
        }
        try {
            for (var stop : stops) {
                stop.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (server != null) {
            server.stop(process -> Signals.interrupt(process.pid()), Duration.ofSeconds(30));
        }
    }

    private void expect(Map<Service, Integer> servicePorts) {
        var parts = new ArrayList<Part>();
        if (postgresUrl == null) {
            parts.add(Part.waiting(POSTGRES, ports.next()));
        }
        parts.add(Part.waiting(Migration.NAME, 0));
        servicePorts.forEach((service, port) -> parts.add(Part.waiting(service.label(), port)));
        board.expect(parts);
    }

    private Map<Service, Integer> servicePorts() {
        var chosen = new java.util.EnumMap<Service, Integer>(Service.class);
        for (var service : Service.values()) {
            chosen.put(service, service == Service.GATEWAY ? gatewayPort : ports.next());
        }
        return chosen;
    }

    private Database startServer(Secrets secrets) throws InterruptedException {
        var port = board.part(POSTGRES).port();
        board.update(POSTGRES, part -> part.now(Standing.STARTING, 0, "preparing"));
        var postgres = new Postgres(directory, port);
        postgres.prepare(secrets.password(Postgres.SUPERUSER));
        server = new Child(
                POSTGRES,
                postgres.command(),
                Map.of(),
                directory.log(POSTGRES),
                board,
                process -> postgres.isReady(process.pid()));
        server.start();
        await(List.of(POSTGRES));
        return Database.own(port, secrets);
    }

    private void startMigration(Database database) {
        migration = new Job(
                Migration.NAME,
                Migration.command(home, directory, run.options(Migration.learned(home))),
                Migration.environment(directory, database),
                directory.log(Migration.NAME),
                board);
        migration.start();
    }

    private void startService(Service service, Map<Service, Integer> servicePorts, Map<String, String> environment) {
        var port = servicePorts.getOrDefault(service, 0);
        var child = new Child(
                service.label(),
                service.command(home, directory, run.options(service.learned(home))),
                environment,
                directory.log(service.label()),
                board,
                process -> readiness.of(port));
        services.add(child);
        child.start();
    }

    private Map<String, String> environment(
            Service service, Map<Service, Integer> servicePorts, Database database, Secrets secrets, String adminKey) {
        var login = "centime_" + service.schema();
        var environment = new HashMap<String, String>();
        environment.put("CENTIME_HTTP_HOST", "127.0.0.1");
        environment.put("CENTIME_HTTP_PORT", String.valueOf(servicePorts.get(service)));
        environment.put("CENTIME_DATABASE_URL", database.url());
        environment.put("CENTIME_DATABASE_PASSWORD", secrets.password(login));
        environment.put("CENTIME_DATABASE_RUNNER_PASSWORD", secrets.password(login + "_runner"));
        environment.put("CENTIME_LOG_ARCHIVE", directory.archive().toString());
        environment.put("CENTIME_JWKS_URL", "http://127.0.0.1:" + gatewayPort + "/.well-known/jwks.json");
        // glibc gives every thread an arena of its own otherwise, and five services pay for it.
        environment.put("MALLOC_ARENA_MAX", "2");
        // Only the gateway learns the administrator's key, also when the launcher was given it in its own environment.
        environment.put("CENTIME_ADMIN_KEY", service == Service.GATEWAY ? adminKey : "");
        if (service == Service.BUDGET || service == Service.INGEST) {
            environment.put("CENTIME_CHANNEL_KEYS", directory.channelKeys().toString());
        }
        if (service == Service.BUDGET) {
            environment.put("CENTIME_PUBLIC_URL", publicUrl());
        }
        if (service == Service.GATEWAY) {
            environment.put(
                    "CENTIME_SIGNING_KEY",
                    directory.secrets().resolve("signing-key").toString());
            for (var other : Service.values()) {
                if (other != Service.GATEWAY) {
                    environment.put("CENTIME_" + other.name() + "_URL", "http://127.0.0.1:" + servicePorts.get(other));
                }
            }
        }
        return environment;
    }

    /** Where people reach this instance: behind a proxy it is for the operator to say. */
    private String publicUrl() {
        var chosen = System.getenv("CENTIME_PUBLIC_URL");
        return chosen == null || chosen.isBlank() ? "http://127.0.0.1:" + gatewayPort : chosen.strip();
    }

    private void awaitAll() throws InterruptedException {
        await(board.state().parts().stream().map(Part::name).toList());
    }

    private void await(List<String> names) throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            var parts = names.stream().map(board::part).toList();
            if (parts.stream().allMatch(Part::settled)) {
                return;
            }
            for (var part : parts) {
                if (part.standing() == Standing.FAILED || !part.settled() && part.restarts() >= DEATHS_GIVEN_UP_AT) {
                    throw new Failure(part.name() + " does not start (" + part.note() + "): "
                            + LogTail.of(directory.log(part.name()), 4) + " — the whole log is "
                            + directory.log(part.name()));
                }
            }
            if (System.nanoTime() > deadline) {
                var late = parts.stream()
                        .filter(part -> !part.settled())
                        .map(Part::name)
                        .toList();
                throw new Failure("Not ready after " + LONGEST_START.toMinutes() + " minutes: "
                        + String.join(", ", late) + "; their logs are in " + directory.logs());
            }
            board.awaitChange(200);
        }
    }
}
