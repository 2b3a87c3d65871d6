package io.taktdb.bench.kernel;

import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.bench.report.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One contender in its own JVM. Questions, one a line:
 *
 * <pre>
 *   prepare ROWS   makes a world and warms up; answers ready
 *   measure ROWS   answers nanoseconds per row and step, of this thread's processor time
 *   verify ROWS    answers ok when every sampled row is where so many steps lead it, bit for bit
 * </pre>
 *
 * Threading: main thread.
 */
public final class ContenderMain {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NS = 1_500_000_000L;
    private static final long SAMPLE_NS = 20_000_000L;
    private static final int SAMPLES = 5;
    private static final int VERIFIED_ROWS = 50;

    private final Contender contender;
    private final Map<Integer, World> worlds = new HashMap<>();

    private ContenderMain(final Contender contender) {
        this.contender = contender;
    }

    /** A movement and how often it was stepped. */
    private static final class World {
        private final Movement movement;
        private long steps;
        private int stepsPerSample = 1;

        World(final Movement movement) {
            this.movement = movement;
        }

        /** Steps so often. @return nanoseconds of this thread */
        long run(final int count) {
            final long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < count; i++) {
                movement.step();
            }
            steps += count;
            return THREADS.getCurrentThreadCpuTime() - start;
        }
    }

    /** Runs the contender that the argument names until standard input ends. */
    public static void main(final String[] args) throws IOException {
        final ContenderMain main = new ContenderMain(Contender.valueOf(args[0]));
        final BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            final int space = line.indexOf(' ');
            final int rows = Integer.parseInt(line.substring(space + 1));
            System.out.println(ChildJvm.ANSWER + main.answer(line.substring(0, space), rows));
        }
    }

    private String answer(final String question, final int rows) {
        return switch (question) {
            case "prepare" -> prepare(rows);
            case "measure" -> Double.toString(measure(rows));
            case "verify" -> verify(rows);
            default -> throw new IllegalArgumentException("unknown question: " + question);
        };
    }

    private String prepare(final int rows) {
        final World world = new World(contender.make(rows));
        worlds.put(rows, world);
        long spent = 0;
        while (spent < WARM_UP_NS) {
            spent += world.run(world.stepsPerSample);
            final long wanted = Math.max(1, SAMPLE_NS / Math.max(1, spent / world.steps));
            world.stepsPerSample = (int) Math.min(wanted, 1 << 20);
        }
        return "ready";
    }

    private double measure(final int rows) {
        final World world = worlds.get(rows);
        final Samples samples = new Samples();
        world.run(1); // back into the caches
        for (int i = 0; i < SAMPLES; i++) {
            samples.add((double) world.run(world.stepsPerSample) / world.stepsPerSample / rows);
        }
        return samples.median();
    }

    private String verify(final int rows) {
        final World world = worlds.get(rows);
        for (int sample = 0; sample < VERIFIED_ROWS; sample++) {
            final int row = (int) ((long) (rows - 1) * sample / (VERIFIED_ROWS - 1));
            for (int axis = 0; axis < Movement.AXES; axis++) {
                float expected = Movement.startPosition(row, axis);
                final float velocity = Movement.velocity(row, axis);
                for (long step = 0; step < world.steps; step++) {
                    expected += velocity * Movement.DT;
                }
                final float found = world.movement.position(row, axis);
                if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(found)) {
                    return "row is elsewhere: row=" + row + ", axis=" + axis + ", steps=" + world.steps + ", expected="
                            + expected + ", found=" + found;
                }
            }
        }
        return "ok";
    }
}
