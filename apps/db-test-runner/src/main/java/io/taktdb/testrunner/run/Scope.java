package io.taktdb.testrunner.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.testrunner.match.JsonPath;
import io.taktdb.testrunner.plan.Variables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/** The variables of a plan while it runs, and how they are filled into texts and values. Threading: one thread. */
final class Scope {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A step needs a variable that no step captured, because that step failed. */
    static final class MissingVariable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingVariable(final String use) {
            super("needs " + use + ", which no earlier step captured", null, false, false);
        }
    }

    private final Map<String, JsonNode> values = new HashMap<>();

    void set(final String name, final JsonNode value) {
        values.put(name, value);
    }

    /** A variable's value, or null: what {@link #set} can put back after a loop. */
    JsonNode get(final String name) {
        return values.get(name);
    }

    void remove(final String name) {
        values.remove(name);
    }

    /** A value with its variables filled in; text that is nothing but one variable becomes that variable's value. */
    JsonNode fill(final JsonNode template) {
        if (template.isTextual()) {
            final Matcher whole = Variables.PATTERN.matcher(template.asText());
            if (whole.matches() && whole.group(1) == null) {
                return value(whole);
            }
            return NODES.textNode(fill(template.asText()));
        }
        if (template.isArray()) {
            final ArrayNode filled = NODES.arrayNode();
            template.forEach(element -> filled.add(fill(element)));
            return filled;
        }
        if (template.isObject()) {
            final ObjectNode filled = NODES.objectNode();
            template.properties().forEach(member -> filled.set(fill(member.getKey()), fill(member.getValue())));
            return filled;
        }
        return template;
    }

    /** A text with its variables filled in. */
    String fill(final String template) {
        return fill(template, UnaryOperator.identity());
    }

    /**
     * A path with its variables filled in, percent-encoded, so that each stays within its part; a path that is nothing
     * but one variable is taken as it is.
     */
    String fillPath(final String template) {
        final boolean whole = Variables.PATTERN.matcher(template).matches();
        return fill(template, whole ? UnaryOperator.identity() : Scope::encode);
    }

    static String encode(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String fill(final String template, final UnaryOperator<String> encode) {
        final Matcher uses = Variables.PATTERN.matcher(template);
        final StringBuilder filled = new StringBuilder();
        while (uses.find()) {
            final String text = uses.group(1) != null ? uses.group().substring(1) : encode.apply(text(value(uses)));
            uses.appendReplacement(filled, Matcher.quoteReplacement(text));
        }
        return uses.appendTail(filled).toString();
    }

    private static String text(final JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private JsonNode value(final Matcher use) {
        final JsonNode root = values.get(use.group(2));
        final JsonNode value = root == null ? null : JsonPath.find(root, use.group(3));
        if (value == null || value.isMissingNode()) {
            throw new MissingVariable(use.group());
        }
        return value;
    }
}
