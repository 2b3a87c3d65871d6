package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.testrunner.match.Matcher;
import java.util.List;
import java.util.Map;

/** Checks what a step expects: keys that its action can answer, and matchers that exist. Threading: one thread. */
final class ExpectationReader {
    private static final List<String> HTTP_KEYS = List.of("status", "headers", "body", "exactly", "text");
    private static final List<String> RPC_KEYS = List.of("result", "error");

    private final Faults faults;

    ExpectationReader(final Faults faults) {
        this.faults = faults;
    }

    /** Whether the action has an answer that a plan can expect and capture from. */
    static boolean isAnswered(final Action action) {
        return action instanceof Action.Request || action instanceof Action.Rpc || action instanceof Action.Push;
    }

    /** The value of {@code expect:}, checked; null if there is none. */
    JsonNode read(final Section step, final Action action) {
        if (!step.has("expect")) {
            return null;
        }
        final JsonNode expect = step.any("expect");
        if (!isAnswered(action)) {
            faults.add(
                    step.pointer("expect"),
                    "nothing to expect here: action=" + action.words()
                            + "; expect belongs to request, rpc and push, and inside sql");
            return expect;
        }
        final Section section = step.section("expect");
        final List<String> keys = action instanceof Action.Rpc ? RPC_KEYS : HTTP_KEYS;
        final List<String> present = keys.stream().filter(section::has).toList();
        section.end();
        if (present.containsAll(RPC_KEYS)) {
            faults.add(section.pointer(), "a call has a result or an error, never both; expect one");
        }
        if (present.stream()
                        .filter(key -> List.of("body", "exactly", "text").contains(key))
                        .count()
                > 1) {
            faults.add(
                    section.pointer(),
                    "the body is expected twice: keys=" + present + "; keep one of body, exactly, text");
        }
        for (final String key : present) {
            checkMatchers(section.any(key), section.pointer(key));
        }
        return expect;
    }

    /** Notes every matcher in a value that does not exist or whose argument makes no sense. */
    void checkMatchers(final JsonNode expected, final String pointer) {
        if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                checkMatchers(expected.get(i), pointer + "/" + i);
            }
        }
        for (final Map.Entry<String, JsonNode> member : expected.properties()) {
            final String child = Faults.member(pointer, member.getKey());
            final String fault = Matcher.fault(expected, member.getKey(), member.getValue());
            if (fault != null) {
                faults.add(child, fault);
            }
            if (!Matcher.isLiteral(member.getKey())) {
                checkMatchers(member.getValue(), child);
            }
        }
    }
}
