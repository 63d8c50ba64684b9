package dev.centime.benchmarks;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A service in a process of its own; keys are vouched for by this process. */
public final class RunningService implements AutoCloseable {
    private final DurableServer server;
    private final ServiceProcess process;
    private final PostgresEventLog log;

    /**
     * @param name such as {@code budget}, which is also that of its schema
     * @param jvm options of its virtual machine; none for a heap of 256 MB
     */
    public RunningService(String name, String... jvm) throws IOException, SQLException, InterruptedException {
        server = new DurableServer(name);
        log = PostgresEventLog.on(server.pool("centime_" + name, 2), LogSettings.defaults(), new SimpleMeterRegistry());
        process = new ServiceProcess(name, server, jvm.length == 0 ? new String[] {"-Xmx256m"} : jvm);
    }

    public DurableServer server() {
        return server;
    }

    public PostgresEventLog log() {
        return log;
    }

    public int port() {
        return process.port();
    }

    /** Of an administrator of an organization. */
    public static String authorization(String organization) {
        return "Bearer " + TestTokens.orgAdminToken(organization);
    }

    /** An organization as the gateway makes it; returns when the service answers for it. @param path of a read */
    public void create(Organization organization, String path) throws InterruptedException {
        var stored = OrganizationCreated.class.getAnnotation(StoredAs.class);
        var types = EventTypes.with(Contracts.mapper())
                .add(OrganizationCreated.class, stored.name(), stored.version())
                .build();
        var created = types.encode(
                "organization-created:" + organization.id(),
                Instant.now(),
                new OrganizationCreated(organization),
                Map.of(),
                Set.of());
        log.append(Contracts.PLATFORM, List.of(created)).await().indefinitely();
        while (process.status(path, authorization(organization.id())) != 200) {
            Thread.onSpinWait();
        }
    }

    /** A request of an administrator of an organization. */
    public HttpRequest.Builder request(String path, String organization) {
        return process.request(path, authorization(organization));
    }

    /** @throws IllegalStateException when the answer has another status */
    public String send(HttpRequest request, int status) throws IOException, InterruptedException {
        var answer = process.send(request);
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** An answer of any status, read by whoever asked. */
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return process.send(request, body);
    }

    /** @see ServiceProcess#residentMb */
    public long residentMb() throws IOException {
        return process.residentMb();
    }

    @Override
    public void close() throws IOException {
        process.close();
        server.close();
    }
}
