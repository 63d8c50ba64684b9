package dev.centime.ingest.view.costs.efficiency;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How large a model is, by the words that its maker's family has for it. */
public enum ModelClass {
    SMALL("haiku"),
    STANDARD("sonnet"),
    LARGE("opus");

    private final String word;

    ModelClass(String word) {
        this.word = word;
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a name has this class's word in it. */
    boolean isIn(String model) {
        return model.toLowerCase(Locale.ROOT).contains(word);
    }
}
