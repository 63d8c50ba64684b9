package dev.centime.recommendation.view.recommendations;

import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Query.Sort;
import dev.centime.kit.Role;
import dev.centime.recommendation.event.Advice;
import dev.centime.recommendation.policy.Lifecycle.Status;
import dev.centime.recommendation.view.recommendations.FindRecommendations.After;
import dev.centime.recommendation.view.recommendations.FindRecommendations.Found;
import dev.centime.recommendation.view.recommendations.FindRecommendations.Wanted;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code GET /recommendations}, {@code /{id}} and {@code /summary}. */
@Path("/api/v1/recommendations")
@Tag(name = "Recommendations")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class RecommendationsResource {
    private static final Sort BY_PRIORITY = new Sort("priority_score", true);

    private final CurrentCaller current;
    private final Query query;
    private final FindRecommendations find;

    RecommendationsResource(CurrentCaller current, Query query, FindRecommendations find) {
        this.current = current;
        this.query = query;
        this.find = find;
    }

    @GET
    @Operation(summary = "What is recommended, the most important first")
    @Parameter(name = "status", in = ParameterIn.QUERY, description = "pending, accepted, rejected or archived")
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "such as model_downgrade")
    @Parameter(name = "min_savings", in = ParameterIn.QUERY, description = "US dollars a month")
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            description = "priority_score, estimated_savings or created_at; - for descending")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 50 unless said")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "next_cursor of the page before")
    public Uni<Page<Recommendation>> list() {
        var caller = current.get();
        int limit = query.limit();
        var sort =
                query.sort(FindRecommendations.SORTS.keySet().stream().sorted().toList(), BY_PRIORITY);
        // One more than asked for tells whether there is a next page.
        return find.list(caller, wanted(), sort, after(caller), limit + 1).map(found -> page(caller, found, limit));
    }

    @GET
    @Path("/{recommendation_id}")
    @Operation(summary = "One recommendation, with what it was derived from")
    @APIResponse(responseCode = "404", description = "There is none of that id")
    public Uni<Recommendation> one(@RestPath("recommendation_id") String recommendationId) {
        return find.one(current.get(), recommendationId)
                .map(found -> found.orElseThrow(() -> Problem.notFound("recommendation " + recommendationId)));
    }

    @GET
    @Path("/summary")
    @Operation(summary = "How many recommendations there are, and what they are worth")
    public Uni<RecommendationSummary> summary() {
        return find.summary(current.get());
    }

    private Wanted wanted() {
        return new Wanted(
                query.word(
                        "status",
                        Arrays.stream(Status.values()).map(Status::text).toList()),
                query.word(
                        "type",
                        Arrays.stream(Advice.Type.values())
                                .map(Advice.Type::text)
                                .toList()),
                query.text("min_savings").map(RecommendationsResource::amount).orElse(null));
    }

    private static BigDecimal amount(String text) {
        try {
            var amount = new BigDecimal(text);
            if (amount.signum() >= 0 && amount.precision() <= 38 && Math.abs(amount.scale()) <= 18) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // Said below, as for one out of bounds.
        }
        throw Problem.badRequest("min_savings", "must be an amount of US dollars, not negative");
    }

    private @Nullable After after(Caller caller) {
        return query.cursor(caller, end -> new After(end.amount(), end.text(), end.text()))
                .orElse(null);
    }

    private Page<Recommendation> page(Caller caller, List<Found> found, int limit) {
        return query.page(caller, found, limit, RecommendationsResource::place).map(Found::recommendation);
    }

    private static List<String> place(Found found) {
        var shown = found.recommendation();
        return List.of(found.sortedBy().toPlainString(), shown.id(), String.valueOf(shown.organizationId()));
    }
}
