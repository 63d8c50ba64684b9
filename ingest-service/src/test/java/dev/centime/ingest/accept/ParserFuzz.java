package dev.centime.ingest.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.centime.contracts.Contracts;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/**
 * Whatever bytes a parser is given, it answers records, or refusals that name field and reason, or one of the declared problems;
 * what it answers can be written out. A format runs it by a test class that says how it parses and which good bodies it knows.
 */
public abstract class ParserFuzz {
    protected static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final int TRIES = 300;
    private static final ObjectMapper MAPPER = new JsonMapper();

    /** Values that no field of any format is meant to have. */
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "1e400",
            "1e99999999999",
            "1e-99999999999",
            "123456789012345678901234567890",
            "9".repeat(2000),
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"x\"",
            "\"1e999999999\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"" + "long ".repeat(2000) + "\"",
            "[]",
            "[null, 1, \"a\", {}]",
            "{}",
            "{\"\\ud800\": {\"\\u0000\": 1}}",
            "[[[[[[[[]]]]]]]]");

    /** Parses as the format's resource does. @throws Problem for a body that is none */
    protected abstract List<Submitted> parse(byte[] body);

    /** Bodies that are right, to be spoiled. */
    protected abstract List<byte[]> good();

    @Property(tries = TRIES)
    void survivesArbitraryBytes(@ForAll @Size(max = 300) byte[] body) {
        check(body);
    }

    @Property(tries = TRIES)
    void survivesSpoiledBytes(@ForAll long seed) {
        check(spoiled(good(), new Random(seed)));
    }

    @Property(tries = TRIES)
    void survivesFieldsOfAnyOtherType(@ForAll long seed) throws JsonProcessingException {
        var random = new Random(seed);
        var good = good().get(random.nextInt(good().size()));
        JsonNode tree;
        try {
            tree = MAPPER.readTree(good);
        } catch (IOException e) {
            // No JSON: bytes are all there is to spoil.
            return;
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            replaceSomething(tree, random);
        }
        check(MAPPER.writeValueAsBytes(tree));
    }

    private void check(byte[] body) {
        List<Submitted> records;
        try {
            records = parse(body);
        } catch (Problem refused) {
            assertThat(refused.status()).isBetween(400, 499);
            refused.errors().forEach(ParserFuzz::saysWhatAndWhy);
            return;
        }
        for (int i = 0; i < records.size(); i++) {
            var record = records.get(i);
            assertThat(record.index()).isEqualTo(i);
            assertThat(record.command() == null).isEqualTo(!record.errors().isEmpty());
            record.errors().forEach(ParserFuzz::saysWhatAndWhy);
            if (record.command() != null) {
                assertThat(record.command().model()).isNotBlank();
                assertThat(written(record.command())).isNotEmpty();
                assertThat(written(record.origin())).isNotEmpty();
            }
        }
    }

    private static void saysWhatAndWhy(FieldError error) {
        assertThat(error.field()).isNotBlank();
        assertThat(error.reason()).isNotBlank();
        assertThat(written(error)).isNotEmpty();
    }

    private static byte[] written(Object any) {
        try {
            return Contracts.mapper().writeValueAsBytes(any);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A good body with a few bytes changed, cut out, doubled or put in. */
    public static byte[] spoiled(List<byte[]> good, Random random) {
        var body = good.get(random.nextInt(good.size()));
        for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
            var at = random.nextInt(body.length);
            var length = Math.min(body.length - at, 1 + random.nextInt(20));
            var out = new ByteArrayOutputStream();
            out.write(body, 0, at);
            switch (random.nextInt(4)) {
                case 0 -> {
                    out.write(random.nextInt(256));
                    out.write(body, at + 1, body.length - at - 1);
                }
                case 1 -> out.write(body, at + length, body.length - at - length);
                case 2 -> {
                    out.write(body, at, length);
                    out.write(body, at, body.length - at);
                }
                default -> {
                    out.writeBytes(new byte[] {'{', '"', '[', (byte) 0xff, 0, ',', '9'});
                    out.write(body, at, body.length - at);
                }
            }
            body = out.toByteArray();
        }
        return body;
    }

    private static void replaceSomething(JsonNode tree, Random random) {
        var holders = new ArrayList<JsonNode>();
        collect(tree, holders);
        if (holders.isEmpty()) {
            return;
        }
        var odd = JsonNodeFactory.instance.rawValueNode(new RawValue(ODD.get(random.nextInt(ODD.size()))));
        var holder = holders.get(random.nextInt(holders.size()));
        if (holder instanceof ObjectNode object) {
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            object.set(names.get(random.nextInt(names.size())), odd);
        } else if (holder instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), odd);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode() && !node.isEmpty()) {
            holders.add(node);
            node.forEach(inner -> collect(inner, holders));
        }
    }
}
