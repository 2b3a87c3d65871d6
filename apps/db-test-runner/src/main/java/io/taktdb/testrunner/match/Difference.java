package io.taktdb.testrunner.match;

/**
 * One place where what came is not what was expected.
 *
 * @param path JSON path, {@code $} for the whole value
 * @param text what was expected and what came
 */
public record Difference(String path, String text) {
    @Override
    public String toString() {
        return path + ": " + text;
    }
}
