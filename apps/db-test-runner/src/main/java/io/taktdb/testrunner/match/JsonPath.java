package io.taktdb.testrunner.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows paths like {@code $.body[0].id}: members by name, elements by position, from the end if negative. */
public final class JsonPath {
    private static final Pattern PART = Pattern.compile("\\.([^.\\[\\]]+)|\\[(-?[0-9]+)\\]");

    private JsonPath() {}

    /**
     * The value at a path, or a missing node.
     *
     * @param path with or without the {@code $} at its start
     */
    public static JsonNode find(final JsonNode root, final String path) {
        final String parts = path.startsWith("$") ? path.substring(1) : path;
        final Matcher part = PART.matcher(parts);
        JsonNode at = root;
        int end = 0;
        while (part.find() && part.start() == end) {
            end = part.end();
            at = part.group(1) != null ? at.path(part.group(1)) : element(at, Integer.parseInt(part.group(2)));
        }
        return end == parts.length() ? at : MissingNode.getInstance();
    }

    private static JsonNode element(final JsonNode list, final int position) {
        return list.path(position < 0 ? list.size() + position : position);
    }
}
