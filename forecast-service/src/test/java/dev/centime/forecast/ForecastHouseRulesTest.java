package dev.centime.forecast;

import dev.centime.kit.testing.HouseRules;

class ForecastHouseRulesTest extends HouseRules {
    ForecastHouseRulesTest() {
        super("dev.centime.forecast");
    }
}
