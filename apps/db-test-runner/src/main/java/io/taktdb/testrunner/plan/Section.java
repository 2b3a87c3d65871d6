package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One mapping of a plan, read key by key; {@link #end} reports the keys that nobody asked for.
 *
 * <p>A fault is noted and reading goes on with a stand-in, so that all faults of a file come at once.
 */
final class Section {
    private final JsonNode node;
    private final String pointer;
    private final Faults faults;
    private final Set<String> asked = new LinkedHashSet<>();

    Section(final JsonNode node, final String pointer, final Faults faults) {
        this.faults = faults;
        this.pointer = pointer;
        if (!node.isObject()) {
            faults.add(pointer, "expected a mapping of keys to values, got " + kind(node));
        }
        this.node = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
    }

    String pointer() {
        return pointer;
    }

    String pointer(final String key) {
        return Faults.member(pointer, key);
    }

    boolean has(final String key) {
        asked.add(key);
        return node.has(key);
    }

    /** Any value, or null when the key is absent. */
    JsonNode any(final String key) {
        asked.add(key);
        return node.get(key);
    }

    Section section(final String key) {
        return new Section(any(key), pointer(key), faults);
    }

    /** A mapping that is passed on as it is; empty when the key is absent. */
    JsonNode mapping(final String key) {
        final JsonNode value = any(key);
        if (value != null && !value.isObject()) {
            faults.add(pointer(key), "expected a mapping: key=" + key + ", got " + kind(value));
        }
        return value != null && value.isObject() ? value : JsonNodeFactory.instance.objectNode();
    }

    String text(final String key, final String otherwise) {
        final JsonNode value = any(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isTextual()) {
            faults.add(pointer(key), "expected text: key=" + key + ", got " + kind(value) + "; quote it");
            return "";
        }
        return value.asText();
    }

    String requiredText(final String key) {
        if (!has(key)) {
            faults.add(pointer, "key is missing: key=" + key);
        }
        return text(key, "");
    }

    int integer(final String key, final int min, final int max, final int otherwise) {
        final JsonNode value = any(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            faults.add(
                    pointer(key),
                    "expected a whole number from " + min + " to " + max + ": key=" + key + ", got " + value);
            return min;
        }
        return value.asInt();
    }

    /** A list, empty when the key is absent. */
    List<JsonNode> list(final String key) {
        final JsonNode value = any(key);
        final List<JsonNode> elements = new ArrayList<>();
        if (value != null && !value.isArray()) {
            faults.add(pointer(key), "expected a list: key=" + key + ", got " + kind(value));
        } else if (value != null) {
            value.forEach(elements::add);
        }
        return elements;
    }

    /** Reports unknown keys. */
    void end() {
        node.fieldNames().forEachRemaining(key -> {
            if (!asked.contains(key)) {
                final String known = asked.stream().sorted().collect(Collectors.joining(", "));
                final String hint = Suggestion.didYouMean(key, asked);
                faults.add(pointer(key), "unknown key: key=" + key + (hint.isEmpty() ? "; known are " + known : hint));
            }
        });
    }

    static String kind(final JsonNode value) {
        return value.isNull()
                ? "nothing"
                : value.isObject() ? "a mapping" : value.isArray() ? "a list" : value.toString();
    }
}
