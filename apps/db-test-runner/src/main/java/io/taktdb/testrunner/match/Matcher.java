package io.taktdb.testrunner.match;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What can stand in place of an expected value, written as an object with one key: <code>{$gte: 1}</code>. Several keys
 * must all hold.
 */
public enum Matcher {
    /** Anything but a missing value. */
    ANY("$any", Argument.TRUE),
    /** No value at all. */
    ABSENT("$absent", Argument.TRUE),
    /** A value of a kind. */
    TYPE("$type", Argument.TYPE_NAME),
    /** A number, at least. */
    GTE("$gte", Argument.NUMBER),
    /** A number, greater. */
    GT("$gt", Argument.NUMBER),
    /** A number, at most. */
    LTE("$lte", Argument.NUMBER),
    /** A number, less. */
    LT("$lt", Argument.NUMBER),
    /** Text in which a regular expression is found. */
    MATCHES("$matches", Argument.PATTERN),
    /** A list, object or text of a length; the length may be a matcher itself. */
    LENGTH("$length", Argument.NUMBER_OR_MATCHER),
    /** A list with an element that matches, or text with this text in it. */
    CONTAINS("$contains", Argument.VALUE),
    /** A list whose elements match in any order. */
    UNORDERED("$unordered", Argument.LIST),
    /** Anything that does not match, a missing value too. */
    NOT("$not", Argument.VALUE),
    /** One of several values. */
    ONE_OF("$oneOf", Argument.LIST),
    /** The value with no further members anywhere. */
    EXACTLY("$exactly", Argument.VALUE),
    /** The value as it stands, even if it looks like a matcher. */
    EQUALS("$equals", Argument.VALUE);

    private static final List<String> KEYS =
            Arrays.stream(values()).map(one -> one.key).toList();

    private final String key;
    private final Argument argument;

    Matcher(final String key, final Argument argument) {
        this.key = key;
        this.argument = argument;
    }

    /** The keys of all matchers. */
    public static List<String> keys() {
        return KEYS;
    }

    /** Whether an expected value is a matcher. */
    public static boolean isMatcher(final JsonNode expected) {
        return expected.isObject()
                && !expected.isEmpty()
                && isKey(expected.fieldNames().next());
    }

    /** Whether a matcher's argument is data, in which nothing is looked for. */
    public static boolean isLiteral(final String key) {
        return EQUALS.key.equals(key);
    }

    /** What is wrong with one member of an expected value, or null. */
    public static String fault(final JsonNode expected, final String key, final JsonNode argument) {
        if (!isKey(key)) {
            return isMatcher(expected)
                    ? "matchers and members do not mix: key=" + key + "; put the members in an object of their own"
                    : null;
        }
        if (!KEYS.contains(key)) {
            final String hint = Suggestion.didYouMean(key, KEYS);
            return "unknown matcher: key=" + key + (hint.isEmpty() ? "; known are " + String.join(", ", KEYS) : hint);
        }
        final Matcher matcher = named(key);
        return matcher.argument.accepts(argument)
                ? null
                : "matcher wants " + matcher.argument.words() + ": key=" + key + ", got " + argument;
    }

    /** Variables in keys begin with a dollar sign too. */
    private static boolean isKey(final String key) {
        return key.startsWith("$") && !key.startsWith("${") && !key.startsWith("$${");
    }

    static Matcher named(final String key) {
        for (final Matcher one : values()) {
            if (one.key.equals(key)) {
                return one;
            }
        }
        throw new IllegalArgumentException("unknown matcher: key=" + key);
    }

    /** The differences, with paths from {@code $}. */
    List<Difference> check(final JsonNode wanted, final JsonNode actual, final boolean strict) {
        if (this == EXACTLY) {
            return Comparison.differences(wanted, actual, "$", true);
        }
        if (this == LENGTH) {
            return checkLength(wanted, actual, strict);
        }
        final boolean missing = actual == null || actual.isMissingNode();
        if (missing ? this == ABSENT || this == NOT : holds(wanted, actual, strict)) {
            return List.of();
        }
        final String words = key.substring(1) + (this == ANY || this == ABSENT ? "" : " " + Comparison.shown(wanted));
        return List.of(new Difference("$", "expected " + words + ", got " + Comparison.shown(actual)));
    }

    private boolean holds(final JsonNode wanted, final JsonNode actual, final boolean strict) {
        switch (this) {
            case ANY:
                return true;
            case TYPE:
                return ValueType.of(wanted).includes(actual);
            case GTE, GT, LTE, LT:
                return actual.isNumber() && inOrder(actual.decimalValue().compareTo(wanted.decimalValue()));
            case MATCHES:
                return actual.isTextual()
                        && Pattern.compile(wanted.asText())
                                .matcher(actual.asText())
                                .find();
            case CONTAINS:
                return contains(wanted, actual, strict);
            case UNORDERED:
                return actual.isArray() && sameInAnyOrder(wanted, actual, strict);
            case NOT:
                return !Comparison.matches(wanted, actual, strict);
            case ONE_OF:
                return anyMatches(wanted, actual, strict);
            case EQUALS:
                return equalValues(wanted, actual);
            default:
                return false;
        }
    }

    private boolean inOrder(final int comparison) {
        return switch (this) {
            case GTE -> comparison >= 0;
            case GT -> comparison > 0;
            case LTE -> comparison <= 0;
            default -> comparison < 0;
        };
    }

    private static List<Difference> checkLength(final JsonNode wanted, final JsonNode actual, final boolean strict) {
        if (actual == null || (!actual.isContainerNode() && !actual.isTextual())) {
            return List.of(new Difference("$", "expected something with a length, got " + Comparison.shown(actual)));
        }
        final String text = actual.asText();
        final int length = actual.isTextual() ? text.codePointCount(0, text.length()) : actual.size();
        final JsonNode number = com.fasterxml.jackson.databind.node.IntNode.valueOf(length);
        return Comparison.differences(wanted, number, "$.length", strict);
    }

    private static boolean contains(final JsonNode wanted, final JsonNode actual, final boolean strict) {
        if (actual.isTextual()) {
            return wanted.isTextual() && actual.asText().contains(wanted.asText());
        }
        if (actual.isArray()) {
            for (final JsonNode element : actual) {
                if (Comparison.matches(wanted, element, strict)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean anyMatches(final JsonNode choices, final JsonNode actual, final boolean strict) {
        for (final JsonNode choice : choices) {
            if (Comparison.matches(choice, actual, strict)) {
                return true;
            }
        }
        return false;
    }

    /** Greedy: an expected element takes the first one that matches and is still free. */
    private static boolean sameInAnyOrder(final JsonNode wanted, final JsonNode actual, final boolean strict) {
        final List<JsonNode> free = new ArrayList<>();
        actual.forEach(free::add);
        for (final JsonNode one : wanted) {
            final JsonNode match = free.stream()
                    .filter(element -> Comparison.matches(one, element, strict))
                    .findFirst()
                    .orElse(null);
            if (match == null) {
                return false;
            }
            free.remove(match);
        }
        return free.isEmpty();
    }

    private static boolean equalValues(final JsonNode wanted, final JsonNode actual) {
        return wanted.equals((a, b) -> Comparison.sameScalar(a, b) ? 0 : 1, actual);
    }
}
