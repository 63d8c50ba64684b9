package dev.centime.recommendation.view.alternatives;

import dev.centime.contracts.price.PriceBook;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Prices;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.recommendation.policy.Downgrades;
import dev.centime.recommendation.policy.Usage;
import dev.centime.recommendation.usage.RecentUsage;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /recommendations/model-alternatives}. */
@Path("/api/v1/recommendations/model-alternatives")
@Tag(name = "Recommendations")
public class ModelAlternativesResource {
    private static final int DAYS = 30;

    private final CurrentCaller current;
    private final Query query;
    private final RecentUsage usage;
    private final Prices prices;
    private final Clock clock;

    ModelAlternativesResource(CurrentCaller current, Query query, RecentUsage usage, Prices prices, Clock clock) {
        this.current = current;
        this.query = query;
        this.usage = usage;
        this.prices = prices;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Cheaper models for what a model is used for",
            description = "Prices the calls of the last 30 days again with every model that could have answered them.")
    @Parameter(name = "current_model", in = ParameterIn.QUERY, required = true, description = "the model in use")
    @Parameter(name = "use_case", in = ParameterIn.QUERY, description = "an operation; all of them without it")
    public Uni<ModelAlternatives> alternatives() {
        var caller = current.get();
        var model = query.text("current_model").orElseThrow(() -> Problem.badRequest("current_model", "is required"));
        var useCase = query.text("use_case").orElse(null);
        var now = clock.instant();
        var from = now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1L);
        return Uni.combine()
                .all()
                .unis(usage.since(caller, from), prices.book())
                .asTuple()
                // Repricing with every model takes some milliseconds: too long for an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> alternatives(caller, found.getItem1(), found.getItem2(), model, useCase, now));
    }

    private static ModelAlternatives alternatives(
            Caller caller, List<Usage> used, PriceBook book, String model, @Nullable String useCase, Instant now) {
        var today = now.atZone(ZoneOffset.UTC).toLocalDate();
        var from = today.minusDays(DAYS - 1L);
        var together = used.stream()
                .filter(each -> each.model().equals(model))
                .filter(each -> useCase == null || useCase.equals(each.operation()))
                .reduce(Usage::and)
                .orElseThrow(() -> Problem.notFound("usage of " + model + " in the last " + DAYS + " days"));
        return new ModelAlternatives(
                model,
                useCase,
                from,
                today,
                together.requests(),
                together.cost(),
                new Downgrades(book, caller.oneOrganization(), from, now)
                        .candidates(together).stream()
                                .map(Downgrades::alternative)
                                .toList());
    }
}
