package io.taktdb.runtime.check;

/**
 * A place in a module's code that may make two runs differ.
 *
 * @param type the class, as {@code com.example.MyWorld}
 * @param method that holds it
 * @param line in the source, or 0 when the class does not tell
 * @param what is used, such as {@code java.lang.System.nanoTime}
 * @param why it is no good, and what to use
 */
public record ForbiddenUse(String type, String method, int line, String what, String why) {
    @Override
    public String toString() {
        return type + "." + method + (line > 0 ? ":" + line : "") + " uses " + what + ": " + why;
    }
}
