package dev.centime.gateway;

import dev.centime.kit.testing.HouseRules;

class GatewayHouseRulesTest extends HouseRules {
    GatewayHouseRulesTest() {
        super("dev.centime.gateway");
    }
}
