package dev.centime.budget;

import dev.centime.kit.testing.HouseRules;

class BudgetHouseRulesTest extends HouseRules {
    BudgetHouseRulesTest() {
        super("dev.centime.budget");
    }
}
