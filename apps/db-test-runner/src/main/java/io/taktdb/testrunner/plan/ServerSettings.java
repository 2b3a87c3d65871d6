package io.taktdb.testrunner.plan;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The server that a plan wants.
 *
 * @param tickRate ticks per second
 * @param world what it starts with
 */
public record ServerSettings(int tickRate, World world) {
    /** What the project promises to hold. */
    public static final int MIN_TICK_RATE = 15;

    public static final int MAX_TICK_RATE = 120;

    /** A server for plans that do not care. */
    public static final ServerSettings DEFAULT = new ServerSettings(60, World.EMPTY);

    /** What a server starts with, by the name that plans use. */
    public enum World {
        /** No tables, no procedures. */
        EMPTY("empty", "server"),
        /** The demo, with its procedures. */
        DEMO("demo", "demo");

        private final String planName;
        private final String command;

        World(final String planName, final String command) {
            this.planName = planName;
            this.command = command;
        }

        /** The world that plans call so, or null. */
        static World named(final String name) {
            return Arrays.stream(values())
                    .filter(one -> one.planName.equals(name))
                    .findFirst()
                    .orElse(null);
        }

        static String names() {
            return Arrays.stream(values()).map(World::planName).collect(Collectors.joining(", "));
        }

        String planName() {
            return planName;
        }

        /** The launcher's command that starts it. */
        public String command() {
            return command;
        }
    }
}
