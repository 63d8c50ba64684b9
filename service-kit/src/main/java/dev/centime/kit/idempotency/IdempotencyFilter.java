package dev.centime.kit.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;
import org.jspecify.annotations.Nullable;

/** Claims a request's key before it is done and keeps its answer after. */
public class IdempotencyFilter {
    private static final String CLAIM = IdempotencyFilter.class.getName();
    private static final List<String> KEPT_HEADERS = List.of("Location", "ETag", Headers.POSITION);

    /** What is larger is not kept: the request is done again, and the log knows its ids. */
    private static final int MAX_KEPT_BYTES = 256 * 1024;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int LOOKS = 100;
    private static final int SERVER_ERROR = 500;

    /** Refused as things stand now, which the next attempt may find otherwise: no money left, a conflict, too many requests. */
    private static final Set<Integer> FOR_NOW = Set.of(402, 409, 429);

    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final KeptAnswers answers;
    private final EventLog log;
    private final ObjectMapper mapper;

    IdempotencyFilter(
            CurrentCaller current, IdempotencyKey key, KeptAnswers answers, EventLog log, ObjectMapper mapper) {
        this.current = current;
        this.key = key;
        this.answers = answers;
        this.log = log;
        this.mapper = mapper;
    }

    @Idempotent
    @ServerRequestFilter(readBody = true)
    public Uni<@Nullable Response> claim(ContainerRequestContext request) {
        var text = key.text();
        if (text.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        var caller = current.get();
        var hash = hash(request);
        return log.partitionOf(caller.oneOrganization())
                .map(partition -> claimOf(partition, caller, text.get(), hash))
                .chain(claim -> settle(claim, LOOKS).map(met -> answer(met, claim, request)));
    }

    private static Claim claimOf(int partition, Caller caller, String key, byte[] hash) {
        return new Claim(UUID.randomUUID(), partition, caller.organization(), caller.id(), key, hash);
    }

    /** Whoever comes while the first is at it waits for the first's answer. */
    private Uni<KeptAnswers.Met> settle(Claim claim, int looksLeft) {
        return answers.claim(claim).chain(met -> {
            if (!(met instanceof KeptAnswers.Met.InProgress)) {
                return Uni.createFrom().item(met);
            }
            if (looksLeft == 0) {
                throw Problem.conflict("a request with this Idempotency-Key is still being done");
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(LOOK_AGAIN)
                    .chain(() -> settle(claim, looksLeft - 1));
        });
    }

    private static @Nullable Response answer(KeptAnswers.Met met, Claim claim, ContainerRequestContext request) {
        if (met instanceof KeptAnswers.Met.Answer(KeptAnswer kept) && kept.body() != null) {
            var response = Response.status(kept.status()).entity(kept.body());
            kept.headers().forEach(header -> response.header(header.getKey(), header.getValue()));
            return response.build();
        }
        request.setProperty(CLAIM, claim);
        return null;
    }

    @Idempotent
    @ServerResponseFilter
    public Uni<Void> keep(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(CLAIM) instanceof Claim claim)) {
            return Uni.createFrom().voidItem();
        }
        if (response.getStatus() >= SERVER_ERROR || FOR_NOW.contains(response.getStatus())) {
            return answers.release(claim);
        }
        var body = bytes(response);
        var headers = new JsonObject();
        KEPT_HEADERS.forEach(name -> {
            var value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        });
        if (response.getMediaType() != null) {
            headers.put("Content-Type", response.getMediaType().toString());
        }
        var kept = new KeptAnswer(response.getStatus(), headers, body.length > MAX_KEPT_BYTES ? null : body);
        return answers.keep(claim, kept);
    }

    /** Writes the entity out, and sends what was written: kept and sent must be the same bytes. */
    private byte[] bytes(ContainerResponseContext response) {
        var entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try {
            var bytes = entity instanceof byte[] raw ? raw : mapper.writeValueAsBytes(entity);
            var type = response.getMediaType() == null ? MediaType.APPLICATION_JSON_TYPE : response.getMediaType();
            response.setEntity(bytes, new Annotation[0], type);
            return bytes;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the method was sent. Of one that takes no body none was read, and none can be here: whatever comes all the same means nothing,
     * and may still be on its way.
     */
    private static byte[] body(ContainerRequestContext request) throws IOException {
        var sent = request.getEntityStream();
        if (sent instanceof VertxInputStream && Context.isOnEventLoopThread()) {
            return new byte[0];
        }
        var body = sent.readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        return body;
    }

    private static byte[] hash(ContainerRequestContext request) {
        try {
            var body = body(request);
            var digest = MessageDigest.getInstance("SHA-256");
            var line = request.getMethod() + " "
                    + request.getUriInfo().getRequestUri().getRawPath() + "?"
                    + request.getUriInfo().getRequestUri().getRawQuery() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            return digest.digest(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
