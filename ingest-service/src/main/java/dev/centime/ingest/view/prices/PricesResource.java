package dev.centime.ingest.view.prices;

import dev.centime.contracts.price.PriceVersion;
import dev.centime.ingest.ModelPrice;
import dev.centime.ingest.Prices;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /pricing/models}, from memory. */
@Path("/api/v1/pricing/models")
@Tag(name = "Pricing")
public class PricesResource {
    private final CurrentCaller current;
    private final Query query;
    private final Prices prices;
    private final Clock clock;

    PricesResource(CurrentCaller current, Query query, Prices prices, Clock clock) {
        this.current = current;
        this.query = query;
        this.prices = prices;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Prices",
            description =
                    "Those in force now, of the catalogue and of the organization's contracts; with history=true every version"
                            + " ever set, replaced and future ones too.")
    @Parameter(name = "provider", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(name = "model", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(
            name = "search",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "Part of provider/model")
    @Parameter(name = "history", in = ParameterIn.QUERY, schema = @Schema(implementation = Boolean.class))
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    public Uni<Page<ModelPrice>> list() {
        var caller = current.get();
        var wanted = wanted();
        var history = query.flag("history", false);
        var limit = query.limit();
        var after = query.cursor(caller, PageEnd::text).orElse("");
        return prices.ready().chain(prices::refreshed).map(done -> {
            var organization = caller.allOrganizations() ? null : caller.organization();
            var versions =
                    prices.book().all(organization).stream().filter(wanted).toList();
            return page(caller, history ? versions : inForce(versions, clock.instant()), after, limit);
        });
    }

    private Predicate<PriceVersion> wanted() {
        var providers = lower(query.all("provider"));
        var models = lower(query.all("model"));
        var search = query.text("search").orElse("").toLowerCase(Locale.ROOT);
        return version -> {
            var provider = version.price().provider().toLowerCase(Locale.ROOT);
            var model = version.price().modelName().toLowerCase(Locale.ROOT);
            return (providers.isEmpty() || providers.contains(provider))
                    && (models.isEmpty() || models.contains(model))
                    && (provider + "/" + model).contains(search);
        };
    }

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    /** Of each price the last that has begun; versions of one price stand together, in the order of their start. */
    private static List<PriceVersion> inForce(List<PriceVersion> versions, Instant now) {
        var inForce = new ArrayList<PriceVersion>();
        for (var version : versions) {
            if (version.superseded() || version.start().isAfter(now)) {
                continue;
            }
            if (!inForce.isEmpty() && sortKey(inForce.getLast()).equals(sortKey(version))) {
                inForce.removeLast();
            }
            inForce.add(version);
        }
        return inForce;
    }

    private Page<ModelPrice> page(Caller caller, List<PriceVersion> versions, String after, int limit) {
        var rest = versions.stream()
                .filter(version -> place(version).compareTo(after) > 0)
                .toList();
        return query.page(caller, rest, limit, last -> List.of(place(last))).map(ModelPrice::of);
    }

    /** Provider, model and owner, in the order of the list. */
    private static String sortKey(PriceVersion version) {
        var owner = version.organization() == null ? "" : version.organization();
        return version.price().provider() + "\u0001" + version.price().modelName() + "\u0001" + owner;
    }

    private static String place(PriceVersion version) {
        var start =
                version.effectiveFrom() == null ? 0 : version.effectiveFrom().getEpochSecond();
        return sortKey(version) + "\u0001%020d\u0001%020d".formatted(start, version.offset());
    }
}
