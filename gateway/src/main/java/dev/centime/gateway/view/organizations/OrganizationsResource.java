package dev.centime.gateway.view.organizations;

import dev.centime.gateway.ShownOrganization;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.Tenant;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** All organizations, by id. */
@Path("/api/v1/admin/organizations")
@RolesAllowed(Role.Names.PLATFORM_ADMIN)
public class OrganizationsResource {
    private final CurrentCaller caller;
    private final Query query;
    private final Access access;

    OrganizationsResource(CurrentCaller caller, Query query, Access access) {
        this.caller = caller;
        this.query = query;
        this.access = access;
    }

    @GET
    public Page<ShownOrganization> list() {
        var who = caller.get();
        var limit = query.limit();
        var after = query.cursor(who, PageEnd::text).orElse("");
        var found = access.organizations().stream()
                .map(Tenant::organization)
                .filter(organization -> organization.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(organization -> organization.id()))
                .map(ShownOrganization::of)
                .limit(limit + 1L)
                .toList();
        return query.page(who, found, limit, organization -> List.of(organization.id()));
    }

    @GET
    @Path("/{id}")
    public RestResponse<ShownOrganization> one(@RestPath String id) {
        var tenant = access.organization(id).orElseThrow(() -> Problem.notFound("organization " + id));
        return Written.version(ShownOrganization.of(tenant.organization()), tenant.revision());
    }
}
