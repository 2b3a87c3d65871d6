package io.taktdb.bench.engine;

import com.sun.management.ThreadMXBean;
import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.bench.scenario.Scenario;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * One contender of one workload in its own JVM. Questions, one a line:
 *
 * <pre>
 *   prepare MS   makes the world and warms up for so many milliseconds of processor time; answers ready
 *   measure      answers nanoseconds and bytes allocated, both by step
 *   verify       answers ok, or what is not as so many steps must have left it
 * </pre>
 *
 * Nanoseconds are this thread's processor time and the collector's pauses. Threading: main thread.
 */
public final class EngineChild {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SAMPLE_NS = 20_000_000L;
    private static final int SAMPLES = 5;
    private static final long MAX_STEPS = 1 << 20;
    private static final long NS_PER_MS = 1_000_000L;

    private final Workload.Contender contender;
    private Scenario scenario;
    private long steps;
    private int stepsPerSample = 1;

    private EngineChild(final Workload.Contender contender) {
        this.contender = contender;
    }

    /** Runs the contender that the arguments (workload, position) name until standard input ends. */
    public static void main(final String[] args) throws IOException {
        final Workload workload = Workloads.named(args[0]);
        final EngineChild child = new EngineChild(workload.contenders().get(Integer.parseInt(args[1])));
        final BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(ChildJvm.ANSWER + child.answer(line.split(" ", -1)));
        }
    }

    private String answer(final String[] question) {
        return switch (question[0]) {
            case "prepare" -> prepare(Long.parseLong(question[1]) * NS_PER_MS);
            case "measure" -> measure();
            case "bytes" -> Long.toString(scenario.offHeapBytes());
            case "verify" -> verify();
            default -> throw new IllegalArgumentException("unknown question: " + question[0]);
        };
    }

    private String prepare(final long warmUpNs) {
        scenario = contender.make().get();
        long spent = 0;
        while (spent < warmUpNs) {
            spent += run(stepsPerSample);
            final long wanted = Math.max(1, SAMPLE_NS / Math.max(1, spent / steps));
            stepsPerSample = (int) Math.min(wanted, MAX_STEPS);
        }
        return "ready";
    }

    /** Steps so often. @return nanoseconds of this thread */
    private long run(final int count) {
        final long start = THREADS.getCurrentThreadCpuTime() + collectorNs();
        for (int i = 0; i < count; i++) {
            scenario.step();
        }
        steps += count;
        return THREADS.getCurrentThreadCpuTime() + collectorNs() - start;
    }

    /** Time that the collector, which is the serial one, kept this thread from working. */
    private static long collectorNs() {
        long ms = 0;
        for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ms += collector.getCollectionTime();
        }
        return ms * NS_PER_MS;
    }

    private String measure() {
        final long thread = Thread.currentThread().getId();
        run(1); // back into the caches
        final long before = THREADS.getThreadAllocatedBytes(thread);
        final int count = SAMPLES * stepsPerSample;
        final double ns = run(count);
        return ns / count + " " + (double) (THREADS.getThreadAllocatedBytes(thread) - before) / count;
    }

    private String verify() {
        final String problem = scenario.problem(steps);
        return problem == null ? "ok" : problem;
    }
}
