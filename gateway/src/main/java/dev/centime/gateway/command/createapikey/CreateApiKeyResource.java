package dev.centime.gateway.command.createapikey;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.eventstore.axon.Handled;
import dev.centime.eventstore.log.Subjects;
import dev.centime.gateway.RefusalAnswers;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.Secret;
import dev.centime.gateway.door.ShownOnce;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys. A repetition with the same Idempotency-Key is refused rather than answered again: the secret is kept nowhere, so
 * nobody can be shown it twice.
 */
@Path("/api/v1/admin/api-keys")
public class CreateApiKeyResource {
    private final CurrentCaller caller;
    private final Commands commands;
    private final Subjects subjects;
    private final Access access;
    private final IdempotencyKey idempotency;
    private final Provenance provenance;
    private final Clock clock;

    CreateApiKeyResource(
            CurrentCaller caller,
            Commands commands,
            Subjects subjects,
            Access access,
            IdempotencyKey idempotency,
            Provenance provenance,
            Clock clock) {
        this.caller = caller;
        this.commands = commands;
        this.subjects = subjects;
        this.access = access;
        this.idempotency = idempotency;
        this.provenance = provenance;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    public Uni<RestResponse<ShownOnce>> create(@Valid @NotNull NewApiKey wanted) {
        var who = caller.get();
        var organization = organization(wanted, who);
        check(wanted, who);
        var id = idempotency.id(who, "api-key");
        var secret = Secret.apiKey();
        return subject(organization, wanted.user())
                .map(subject -> new CreateApiKey(
                        id,
                        organization,
                        wanted.role(),
                        subject,
                        wanted.name(),
                        Secret.hash(secret),
                        wanted.expiresAt()))
                .chain(command -> provenance
                        .of(who, Contracts.PLATFORM)
                        .chain(from ->
                                RefusalAnswers.named(commands.send(new Sender(Contracts.PLATFORM, from), command))))
                .chain(handled -> answer(handled, new ShownOnce(id, secret)));
    }

    private Uni<RestResponse<ShownOnce>> answer(Handled<Void> handled, ShownOnce shown) {
        var position = handled.appended().orElseThrow().position();
        return access.reached(position)
                .map(done -> Written.created("/api/v1/admin/api-keys/" + shown.id(), shown, position, 1));
    }

    private String organization(NewApiKey wanted, Caller who) {
        var organization = wanted.organizationId() == null ? who.oneOrganization() : wanted.organizationId();
        if (who.role() != Role.PLATFORM_ADMIN && !organization.equals(who.organization())) {
            throw Problem.forbidden("an org_admin makes keys for his own organization");
        }
        if (access.organization(organization).isEmpty()) {
            throw Problem.unprocessable("organization_id", "must be an organization that exists");
        }
        return organization;
    }

    private void check(NewApiKey wanted, Caller who) {
        if (wanted.role() == Role.PLATFORM_ADMIN && who.role() != Role.PLATFORM_ADMIN) {
            throw Problem.forbidden("only a platform_admin makes keys of that role");
        }
        if (wanted.role() == Role.USER && wanted.user() == null) {
            throw Problem.unprocessable("user", "must name the person whose key it is");
        }
        if (wanted.role() == Role.INGEST && wanted.user() != null) {
            throw Problem.unprocessable("user", "must not be given for an ingest key, which belongs to a program");
        }
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
            throw Problem.unprocessable("expires_at", "must be in the future");
        }
    }

    private Uni<@Nullable String> subject(String organization, @Nullable String user) {
        if (user == null) {
            return Uni.createFrom().nullItem();
        }
        return subjects.idsOf(organization, List.of(user)).map(ids -> ids.get(user));
    }
}
