package dev.centime.gateway.view.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.centime.gateway.view.audit.AuditEntry.Change;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void areTheFieldsThatBecameOtherThanTheyWere() {
        var changes = Changes.between(
                json("{\"revision\": 1, \"definition\": {\"name\": \"a\", \"limit\": \"5\", \"note\": \"x\"}}"),
                json("{\"revision\": 2, \"definition\": {\"name\": \"a\", \"limit\": \"7\", \"renews\": true}}"));

        assertThat(changes)
                .extracting(Change::field)
                .containsExactly("definition.limit", "definition.note", "definition.renews", "revision");
        assertThat(changes.getFirst())
                .isEqualTo(new Change("definition.limit", TextNode.valueOf("5"), TextNode.valueOf("7")));
        assertThat(changes.get(1).after()).isNull();
        assertThat(changes.get(2).before()).isNull();
    }

    @Test
    void compareListsAsAWhole_andDecimalsExactly() {
        var changes = Changes.between(
                json("{\"a\": [{\"percent\": 80}], \"b\": 0.1, \"c\": {}}"),
                json("{\"a\": [{\"percent\": 80}, {\"percent\": 90}], \"b\": 0.1000000000000000000001, \"c\": {}}"));

        assertThat(changes).extracting(Change::field).containsExactly("a", "b");
        assertThat(changes.getLast().after())
                .isEqualTo(DecimalNode.valueOf(new BigDecimal("0.1000000000000000000001")));
    }

    @Test
    void ofWhatIsNew_areAllFields_butNoHashOfASecret() {
        assertThat(Changes.between(null, json("{\"key_id\": \"k\", \"hash\": \"9f86\", \"deep\": {\"hash\": \"x\"}}")))
                .extracting(Change::field)
                .containsExactly("key_id");
    }

    @Test
    void putNamesForIds_howeverDeepTheyStand() {
        var changes = Changes.between(null, json("{\"scope\": {\"user\": [\"s-1\", \"s-2\"]}, \"by\": \"s-1\"}"));
        assertThat(Changes.texts(changes)).containsExactly("s-1", "s-2");

        var named = Changes.with(changes, text -> text.equals("s-1") ? "Ada" : text);

        assertThat(named)
                .extracting(change -> String.valueOf(change.after()))
                .isEqualTo(List.of("\"Ada\"", "[\"Ada\",\"s-2\"]"));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
