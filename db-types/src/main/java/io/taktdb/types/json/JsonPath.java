package io.taktdb.types.json;

/** Where a reader is below a field: members and positions, made into text only when there is a fault to report. */
final class JsonPath {
    private static final int MAX_STEPS = StrictJson.MAX_DEPTH + 1;

    private final String[] members = new String[MAX_STEPS];
    private final int[] positions = new int[MAX_STEPS];
    private String root;
    private int depth;

    void reset(final String newRoot) {
        root = newRoot;
        depth = 0;
    }

    void enterMember(final String name) {
        members[depth++] = name;
    }

    void enterPosition(final int position) {
        members[depth] = null;
        positions[depth++] = position;
    }

    void leave() {
        depth--;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(root);
        for (int i = 0; i < depth; i++) {
            if (members[i] == null) {
                text.append('[').append(positions[i]).append(']');
            } else {
                text.append(text.length() == 0 ? "" : ".").append(members[i]);
            }
        }
        return text.toString();
    }
}
