package dev.centime.recommendation;

import dev.centime.kit.testing.HouseRules;

class RecommendationHouseRulesTest extends HouseRules {
    RecommendationHouseRulesTest() {
        super("dev.centime.recommendation");
    }
}
