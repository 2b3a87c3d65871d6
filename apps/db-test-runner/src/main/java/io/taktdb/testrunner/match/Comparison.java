package io.taktdb.testrunner.match;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares two JSON values.
 *
 * <p>Numbers are equal by value (1 is 1.0, every digit counts), lists element by element. An object matches if it has
 * the members expected; further ones are allowed unless the comparison is strict. An object whose only keys begin with
 * {@code $} is a {@link Matcher}.
 */
public final class Comparison {
    private static final int MAX_SHOWN = 160;

    private final boolean strict;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(final boolean strict) {
        this.strict = strict;
    }

    /**
     * All differences, none if it matches.
     *
     * @param strict whether further members of objects are differences
     */
    public static List<Difference> differences(
            final JsonNode expected, final JsonNode actual, final String path, final boolean strict) {
        final Comparison comparison = new Comparison(strict);
        comparison.compare(expected, actual, path);
        return comparison.differences;
    }

    static boolean matches(final JsonNode expected, final JsonNode actual, final boolean strict) {
        return differences(expected, actual, "$", strict).isEmpty();
    }

    /** A value as it stands in a report: JSON, cut when it is long. */
    public static String shown(final JsonNode value) {
        if (value == null || value.isMissingNode()) {
            return "nothing";
        }
        final String text = value.toString();
        return text.length() <= MAX_SHOWN
                ? text
                : text.substring(0, MAX_SHOWN) + "… (" + text.length() + " characters)";
    }

    private void compare(final JsonNode expected, final JsonNode actual, final String path) {
        if (Matcher.isMatcher(expected)) {
            expected.properties().forEach(use -> match(use, actual, path));
        } else if (actual == null || actual.isMissingNode()) {
            add(path, "expected " + shown(expected) + ", but it is missing");
        } else if (expected.isObject() && actual.isObject()) {
            compareMembers(expected, actual, path);
        } else if (expected.isArray() && actual.isArray()) {
            compareElements(expected, actual, path);
        } else if (!sameScalar(expected, actual)) {
            add(path, "expected " + shown(expected) + ", got " + shown(actual));
        }
    }

    private void match(final Map.Entry<String, JsonNode> use, final JsonNode actual, final String path) {
        for (final Difference difference : Matcher.named(use.getKey()).check(use.getValue(), actual, strict)) {
            add(path + difference.path().substring(1), difference.text());
        }
    }

    private void compareMembers(final JsonNode expected, final JsonNode actual, final String path) {
        final Set<String> unexpected = new LinkedHashSet<>();
        actual.fieldNames().forEachRemaining(unexpected::add);
        for (final Map.Entry<String, JsonNode> member : expected.properties()) {
            final String name = member.getKey();
            final JsonNode value = actual.get(name);
            if (value == null && !Matcher.isMatcher(member.getValue())) {
                add(
                        path + "." + name,
                        "expected " + shown(member.getValue()) + ", but the member is missing: members=" + unexpected
                                + Suggestion.didYouMean(name, unexpected));
            } else {
                compare(member.getValue(), value, path + "." + name);
            }
        }
        expected.fieldNames().forEachRemaining(unexpected::remove);
        if (strict) {
            unexpected.forEach(name -> add(path + "." + name, "not expected, got " + shown(actual.get(name))));
        }
    }

    private void compareElements(final JsonNode expected, final JsonNode actual, final String path) {
        final Iterator<JsonNode> came = actual.iterator();
        for (int i = 0; i < expected.size() && came.hasNext(); i++) {
            compare(expected.get(i), came.next(), path + "[" + i + "]");
        }
        if (expected.size() != actual.size()) {
            add(path, "expected " + expected.size() + " elements, got " + actual.size() + ": " + shown(actual));
        }
    }

    static boolean sameScalar(final JsonNode expected, final JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.getNodeType() == actual.getNodeType() && expected.equals(actual);
    }

    private void add(final String path, final String text) {
        differences.add(new Difference(path, text));
    }
}
