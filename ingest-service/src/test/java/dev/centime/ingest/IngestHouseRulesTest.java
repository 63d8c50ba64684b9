package dev.centime.ingest;

import dev.centime.kit.testing.HouseRules;

class IngestHouseRulesTest extends HouseRules {
    IngestHouseRulesTest() {
        super("dev.centime.ingest");
    }
}
