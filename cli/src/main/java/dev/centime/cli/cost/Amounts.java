package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.terminal.Dollars;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Figures of an answer, as they are shown. Money arrives as decimal strings and is never a floating-point number here. */
final class Amounts {
    private Amounts() {}

    /** Exact; zero where there is none. */
    static BigDecimal exact(JsonNode node) {
        var text = node.asText("");
        return text.isEmpty() || text.equals("null") ? BigDecimal.ZERO : new BigDecimal(text);
    }

    static String money(JsonNode node) {
        return isAbsent(node) ? "—" : Dollars.of(exact(node));
    }

    static String count(JsonNode node) {
        return isAbsent(node) ? "—" : "%,d".formatted(exact(node).toBigInteger());
    }

    /** A fraction of 0 to 1 as a percentage. */
    static String percent(JsonNode fraction) {
        return isAbsent(fraction) ? "—" : exact(fraction).movePointRight(2).setScale(1, RoundingMode.HALF_UP) + "%";
    }

    /** A percentage with its sign. */
    static String signedPercent(JsonNode percent) {
        if (isAbsent(percent)) {
            return "—";
        }
        var rounded = exact(percent).setScale(1, RoundingMode.HALF_UP);
        return (rounded.signum() > 0 ? "+" : "") + rounded + "%";
    }

    static String text(JsonNode node) {
        return isAbsent(node) ? "" : node.asText();
    }

    static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
