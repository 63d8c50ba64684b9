package dev.centime.budget.command.changebudget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final String STANDING = """
            {"name": "n", "budget_type": "custom", "end_date": "2026-12-31", "scope": {"user": ["a"]}, "thresholds": [{"percent": 50}]}""";

    @Test
    void replacesWholeFields() throws Exception {
        var merged = merge("{'scope': {'project': ['p']}}");
        assertThat(merged.get("scope").toString()).isEqualTo("{\"project\":[\"p\"]}");
        assertThat(merged.get("name").textValue()).isEqualTo("n");
    }

    @Test
    void theShortFormOfThresholdsReplacesTheList() throws Exception {
        assertThat(merge("{'warning_threshold': 0.5}").has("thresholds")).isFalse();
    }

    @Test
    void theLastDayGoesWithTheTypeItBelongsTo() throws Exception {
        assertThat(merge("{'budget_type': 'monthly'}").has("end_date")).isFalse();
        assertThat(merge("{'budget_type': 'custom'}").has("end_date")).isTrue();
    }

    private static ObjectNode merge(String patch) throws Exception {
        var mapper = new ObjectMapper();
        return Merge.of((ObjectNode) mapper.readTree(STANDING), mapper.readTree(patch.replace('\'', '"')));
    }
}
