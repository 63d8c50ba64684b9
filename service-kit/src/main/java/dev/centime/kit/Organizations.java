package dev.centime.kit;

import dev.centime.contracts.Organization;
import dev.centime.eventstore.projection.NotThereYet;
import java.util.Map;
import java.util.Optional;

/** What every service knows of the tenants, kept in memory from the log. */
public interface Organizations {
    Optional<Organization> find(String id);

    /** All of them, by id. */
    Map<String, Organization> all();

    /**
     * The organization that an event or a timer belongs to.
     *
     * @throws NotThereYet when this replica has not read of it yet
     */
    default Organization known(String id) {
        return find(id).orElseThrow(() -> new NotThereYet("organization " + id + " is not known yet"));
    }

    /**
     * The one organization of a caller.
     *
     * @throws Problem 400 when the call is over all organizations, 404 when there is no such organization
     */
    default Organization of(Caller caller) {
        return find(caller.oneOrganization())
                .orElseThrow(() -> Problem.notFound("organization " + caller.organization()));
    }

    /**
     * By whose calendar a caller reads: his organization's, and UTC's over all of them.
     *
     * @throws Problem 404 when there is no such organization
     */
    default Organization readBy(Caller caller) {
        return caller.allOrganizations()
                ? Organization.named(Caller.ALL_ORGANIZATIONS, "all organizations")
                : of(caller);
    }
}
