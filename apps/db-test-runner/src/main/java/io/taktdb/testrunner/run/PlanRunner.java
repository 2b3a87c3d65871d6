package io.taktdb.testrunner.run;

import io.taktdb.testrunner.plan.BehaviourCatalog;
import io.taktdb.testrunner.plan.InvalidPlanException;
import io.taktdb.testrunner.plan.Plan;
import io.taktdb.testrunner.plan.PlanReader;
import io.taktdb.testrunner.report.Outcome;
import io.taktdb.testrunner.report.PlanResult;
import io.taktdb.testrunner.report.Report;
import io.taktdb.testrunner.report.StepResult;
import io.taktdb.testrunner.server.ServerProvider;
import io.taktdb.testrunner.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs plans, each on a server that it gets for itself.
 *
 * <p>Threading: one thread calls; plans run on threads of their own, and {@code whenEnded} hears of one at a time.
 */
public final class PlanRunner {
    private final ServerProvider servers;
    private final Consumer<PlanResult> whenEnded;

    /** @param whenEnded hears of each plan as soon as it ended */
    public PlanRunner(final ServerProvider servers, final Consumer<PlanResult> whenEnded) {
        this.servers = servers;
        this.whenEnded = whenEnded;
    }

    /**
     * Reads and runs plan files: the entry for JUnit tests.
     *
     * @throws InvalidPlanException before anything is run
     */
    public static Report run(final List<Path> files, final ServerProvider servers) throws InvalidPlanException {
        final List<Plan> plans = new PlanReader(BehaviourCatalog.unknown()).readAll(files);
        return new PlanRunner(servers, ended -> {}).run(plans);
    }

    /** Runs all plans one after the other, whatever comes of each. */
    public Report run(final List<Plan> plans) {
        return run(plans, 1);
    }

    /**
     * Runs all plans, so many side by side; on a server that is given, one after the other.
     *
     * @return the results in the order of the plans
     */
    public Report run(final List<Plan> plans, final int jobs) {
        final ExecutorService threads = Executors.newFixedThreadPool(servers.givesOwnServers() ? jobs : 1);
        try {
            final List<Future<PlanResult>> running = new ArrayList<>();
            for (final Plan plan : plans) {
                running.add(threads.submit(() -> ended(run(plan))));
            }
            final List<PlanResult> results = new ArrayList<>();
            for (final Future<PlanResult> one : running) {
                results.add(one.get());
            }
            return new Report(results);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while plans were running", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException("a plan broke its runner", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private synchronized PlanResult ended(final PlanResult result) {
        whenEnded.accept(result);
        return result;
    }

    private PlanResult run(final Plan plan) {
        final long startNs = System.nanoTime();
        if (plan.needsOwnServer() && !servers.givesOwnServers()) {
            return result(
                    plan, PlanRun.skipped(plan.steps(), "restarts the server, which is not the plan's own"), 0, "");
        }
        final List<StepResult> steps = new ArrayList<>();
        String log = "";
        try (TestServer server = servers.start(plan.server())) {
            steps.addAll(new PlanRun(server).run(plan.steps()));
            log = server.log();
        } catch (final IOException e) {
            if (steps.isEmpty()) {
                steps.addAll(PlanRun.skipped(plan.steps(), "the server did not start"));
            }
            steps.add(new StepResult("server starts and ends", 1, Outcome.FAILED, List.of(), 0, e.getMessage()));
        }
        return result(plan, steps, (System.nanoTime() - startNs) / 1e9, log);
    }

    private static PlanResult result(
            final Plan plan, final List<StepResult> steps, final double seconds, final String log) {
        final boolean failed = steps.stream().anyMatch(step -> step.outcome() == Outcome.FAILED);
        return new PlanResult(plan, steps, seconds, failed ? log : "");
    }
}
