package dev.centime.budget.accept;

import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Threshold;
import java.math.BigDecimal;
import java.util.List;

/** Thresholds as a list of percentages, or by the two fractions of the short form. */
final class ThresholdsBody {
    static final String WARNING = "warning_threshold";
    static final String CRITICAL = "critical_threshold";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(1000);
    private static final int MOST_DIGITS = 6;
    /** Whichever the organization's alert settings name. */
    private static final List<Channel> UNSAID = List.of();

    private ThresholdsBody() {}

    static List<Threshold> read(Fields body) {
        var shortForm = body.has(WARNING) || body.has(CRITICAL);
        if (body.has("thresholds") && shortForm) {
            body.wrong(body.has(WARNING) ? WARNING : CRITICAL, "must not stand beside thresholds");
        }
        var thresholds = body.objects("thresholds", ThresholdsBody::one);
        if (thresholds.isPresent()) {
            ascending(body, thresholds.get());
            return thresholds.get();
        }
        return ofFractions(body);
    }

    private static Threshold one(Fields fields) {
        var percent = fields.required("percent", fields.decimal("percent")).orElse(BigDecimal.ONE);
        if (percent.signum() <= 0 || percent.compareTo(MOST_PERCENT) > 0 || percent.scale() > MOST_DIGITS) {
            fields.wrong("percent", "must be above 0 and at most 1000, with at most 6 digits after the point");
        }
        var action = fields.isText("action", "stop")
                ? Action.BLOCK
                : fields.oneOf("action", Action.class).orElse(Action.WARN);
        return new Threshold(
                plain(percent), action, fields.listOf("channels", Channel.class).orElse(UNSAID));
    }

    private static void ascending(Fields body, List<Threshold> thresholds) {
        for (int index = 1; index < thresholds.size(); index++) {
            if (thresholds
                            .get(index)
                            .percent()
                            .compareTo(thresholds.get(index - 1).percent())
                    <= 0) {
                body.wrong("thresholds[" + index + "].percent", "must be above the one before it");
            }
        }
    }

    private static List<Threshold> ofFractions(Fields body) {
        var warning = fraction(body, WARNING, new BigDecimal("0.8"));
        var critical = fraction(body, CRITICAL, new BigDecimal("0.95"));
        if (warning.compareTo(critical) >= 0) {
            body.wrong(body.has(WARNING) ? WARNING : CRITICAL, "the warning threshold must be below the critical one");
        }
        return List.of(warn(warning.multiply(HUNDRED)), warn(critical.multiply(HUNDRED)), warn(HUNDRED));
    }

    private static BigDecimal fraction(Fields body, String name, BigDecimal otherwise) {
        var fraction = body.decimal(name).orElse(otherwise);
        if (fraction.signum() <= 0 || fraction.compareTo(BigDecimal.ONE) >= 0 || fraction.scale() > MOST_DIGITS) {
            body.wrong(name, "must be a fraction between 0 and 1");
            return otherwise;
        }
        return fraction;
    }

    private static Threshold warn(BigDecimal percent) {
        return new Threshold(plain(percent), Action.WARN, UNSAID);
    }

    /** 80 rather than 80.00 or 8E+1. */
    private static BigDecimal plain(BigDecimal percent) {
        var stripped = percent.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
