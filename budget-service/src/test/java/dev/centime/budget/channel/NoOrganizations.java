package dev.centime.budget.channel;

import dev.centime.contracts.Organization;
import dev.centime.kit.Organizations;
import java.util.Map;
import java.util.Optional;

/** For tests in which nobody's report is sent. */
final class NoOrganizations implements Organizations {
    @Override
    public Optional<Organization> find(String id) {
        return Optional.empty();
    }

    @Override
    public Map<String, Organization> all() {
        return Map.of();
    }
}
