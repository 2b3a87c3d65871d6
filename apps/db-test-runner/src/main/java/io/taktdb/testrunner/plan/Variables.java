package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.types.error.Suggestion;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables in plans: <code>${name}</code>, <code>${name.member}</code>, <code>${name[0]}</code>; <code>$${</code> is
 * the text <code>${</code>.
 *
 * <p>An instance walks one plan in the order of its steps and reports names that no earlier capture or repeat gives.
 */
public final class Variables {
    /** Group 1 is {@code $} for an escaped one, group 2 the name, group 3 the path within. */
    public static final Pattern PATTERN =
            Pattern.compile("\\$(\\$)?\\{([A-Za-z_][A-Za-z0-9_]*)((?:\\.[A-Za-z0-9_-]+|\\[[0-9]+\\])*)\\}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    Variables(final Faults faults) {
        this.faults = faults;
    }

    static boolean isName(final String text) {
        return NAME.matcher(text).matches();
    }

    /** Checks a whole plan. */
    void check(final JsonNode plan) {
        checkSteps(plan.path("steps"), "/steps");
    }

    private void checkSteps(final JsonNode steps, final String pointer) {
        for (int i = 0; i < steps.size(); i++) {
            checkStep(steps.get(i), pointer + "/" + i);
        }
    }

    private void checkStep(final JsonNode step, final String pointer) {
        final JsonNode repeat = step.path("repeat");
        checkValue(repeat.path("each"), pointer + "/repeat/each");
        final String loop = repeat.path("as").asText("");
        final boolean isNew = !loop.isEmpty() && known.add(loop);
        for (final Map.Entry<String, JsonNode> part : step.properties()) {
            final String child = Faults.member(pointer, part.getKey());
            if ("steps".equals(part.getKey())) {
                checkSteps(part.getValue(), child);
            } else if (!"repeat".equals(part.getKey()) && !"capture".equals(part.getKey())) {
                checkValue(part.getValue(), child);
            }
        }
        if (isNew) {
            known.remove(loop);
        }
        step.path("capture").fieldNames().forEachRemaining(known::add);
    }

    private void checkValue(final JsonNode value, final String pointer) {
        if (value.isTextual()) {
            checkText(value.asText(), pointer);
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            checkValue(value.get(i), pointer + "/" + i);
        }
        for (final Map.Entry<String, JsonNode> member : value.properties()) {
            final String child = Faults.member(pointer, member.getKey());
            checkText(member.getKey(), child);
            checkValue(member.getValue(), child);
        }
    }

    private void checkText(final String text, final String pointer) {
        final Matcher uses = PATTERN.matcher(text);
        while (uses.find()) {
            if (uses.group(1) == null && !known.contains(uses.group(2))) {
                faults.add(
                        pointer,
                        "unknown variable: name=" + uses.group(2) + "; capture it in an earlier step"
                                + Suggestion.didYouMean(uses.group(2), known));
            }
        }
    }
}
