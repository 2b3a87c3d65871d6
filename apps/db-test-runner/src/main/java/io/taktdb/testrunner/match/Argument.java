package io.taktdb.testrunner.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a matcher can be given; variables are always fine, since their values are not known when a plan is read. */
enum Argument {
    TRUE("true"),
    TYPE_NAME("one of " + ValueType.NAMES),
    NUMBER("a number"),
    NUMBER_OR_MATCHER("a number or a matcher"),
    PATTERN("a regular expression"),
    LIST("a list"),
    VALUE("a value");

    private final String words;

    Argument(final String words) {
        this.words = words;
    }

    /** For error texts. */
    String words() {
        return words;
    }

    boolean accepts(final JsonNode argument) {
        if (argument.isTextual() && argument.asText().startsWith("${")) {
            return true;
        }
        return switch (this) {
            case TRUE -> argument.isBoolean() && argument.asBoolean();
            case TYPE_NAME -> ValueType.isName(argument);
            case NUMBER -> argument.isNumber();
            case NUMBER_OR_MATCHER -> argument.isNumber() || argument.isObject();
            case PATTERN -> argument.isTextual() && isPattern(argument.asText());
            case LIST -> argument.isArray();
            case VALUE -> true;
        };
    }

    private static boolean isPattern(final String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (final PatternSyntaxException e) {
            return false;
        }
    }
}
