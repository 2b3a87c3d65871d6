package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/**
 * Reads YAML (or JSON, which is YAML) as JSON values, with the line of each.
 *
 * <p>Refused, because they would surprise: keys given twice, {@code yes} and {@code no} for truth values, octal and hex
 * numbers, anchors and aliases, several documents in a file. Numbers keep their digits. Threading: one thread.
 */
final class YamlTree {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final YAMLParser parser;
    private final Faults faults;

    private YamlTree(final YAMLParser parser, final Faults faults) {
        this.parser = parser;
        this.faults = faults;
    }

    /** The file's value; null when it has none, or its syntax is broken, which the faults then say. */
    static JsonNode read(final String text, final Faults faults) {
        try (YAMLParser parser = YAML.createParser(text)) {
            final YamlTree tree = new YamlTree(parser, faults);
            if (parser.nextToken() == null) {
                return null;
            }
            final JsonNode root = tree.value("");
            if (parser.nextToken() != null) {
                faults.add(tree.line(), "second document in the file; one plan a file");
            }
            return root;
        } catch (final JacksonYAMLParseException e) {
            final int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            faults.add(
                    line,
                    "not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("?"));
        } catch (final IOException e) {
            faults.add(1, "not YAML: " + e.getMessage());
        }
        return null;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private JsonNode value(final String pointer) throws IOException {
        faults.place(pointer, line());
        if (parser.isCurrentAlias()) {
            faults.add(line(), "aliases are not supported: alias=" + parser.getText() + "; write the value out");
        }
        switch (parser.currentToken()) {
            case START_OBJECT:
                return object(pointer);
            case START_ARRAY:
                return array(pointer);
            case VALUE_NULL:
                return NODES.nullNode();
            case VALUE_TRUE:
            case VALUE_FALSE:
                return truth();
            case VALUE_NUMBER_INT:
                return integer();
            case VALUE_NUMBER_FLOAT:
                return NODES.numberNode(parser.getDecimalValue());
            default:
                return NODES.textNode(parser.getText());
        }
    }

    private ObjectNode object(final String pointer) throws IOException {
        final ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = parser.getText();
            final String child = Faults.member(pointer, name);
            if (object.has(name)) {
                faults.add(line(), "key given twice: key=" + name + "; remove one");
            }
            faults.place(child, line());
            parser.nextToken();
            object.set(name, value(child));
        }
        return object;
    }

    private ArrayNode array(final String pointer) throws IOException {
        final ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(pointer + "/" + array.size()));
        }
        return array;
    }

    private JsonNode truth() throws IOException {
        final String text = parser.getText();
        if (!"true".equals(text) && !"false".equals(text)) {
            faults.add(line(), "unclear truth value: value=" + text + "; write true or false, or quote the text");
        }
        return NODES.booleanNode(parser.currentToken() == JsonToken.VALUE_TRUE);
    }

    private JsonNode integer() throws IOException {
        final String text = parser.getText();
        if (!text.matches("-?(0|[1-9][0-9]*)")) {
            faults.add(line(), "unclear number: value=" + text + "; write it in decimal as in JSON, or quote the text");
        }
        return NODES.numberNode(parser.getBigIntegerValue());
    }
}
