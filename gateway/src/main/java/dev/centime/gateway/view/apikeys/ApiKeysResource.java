package dev.centime.gateway.view.apikeys;

import dev.centime.eventstore.log.Subjects;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.ApiKey;
import dev.centime.gateway.door.KeyInReach;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The keys of the organization that is asked about, by id. */
@Path("/api/v1/admin/api-keys")
public class ApiKeysResource {
    private final CurrentCaller caller;
    private final Query query;
    private final Access access;
    private final KeyInReach reach;
    private final Subjects subjects;

    ApiKeysResource(CurrentCaller caller, Query query, Access access, KeyInReach reach, Subjects subjects) {
        this.caller = caller;
        this.query = query;
        this.access = access;
        this.reach = reach;
        this.subjects = subjects;
    }

    @GET
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    public Uni<Page<ShownApiKey>> list() {
        var who = caller.get();
        var limit = query.limit();
        var after = query.cursor(who, PageEnd::text).orElse("");
        var found = access.keys().stream()
                .filter(key -> reach.isInReach(who, key))
                .filter(key -> who.allOrganizations() || key.organization().equals(who.organization()))
                .filter(key -> key.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(ApiKey::id))
                .limit(limit + 1L)
                .toList();
        var page = query.page(who, found, limit, key -> List.of(key.id()));
        return names(page.items()).map(names -> page.map(key -> shown(key, names)));
    }

    /** Names of the people whose keys these are, by organization and subject: an id means something in its organization only. */
    private Uni<Map<String, String>> names(List<ApiKey> keys) {
        var all = Uni.createFrom().item((Map<String, String>) new HashMap<String, String>());
        for (var organization :
                keys.stream().map(ApiKey::organization).distinct().toList()) {
            var ids = keys.stream()
                    .filter(key -> key.organization().equals(organization))
                    .map(ApiKey::subject)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            all = all.call(names -> subjects.namesOf(organization, ids)
                    .invoke(found -> found.forEach((id, name) -> names.put(organization + " " + id, name))));
        }
        return all;
    }

    private static ShownApiKey shown(ApiKey key, Map<String, String> names) {
        return new ShownApiKey(
                key.id(),
                key.organization(),
                key.role(),
                names.get(key.organization() + " " + key.subject()),
                key.name(),
                key.expiresAt(),
                key.createdAt());
    }
}
