/**
 * Runs executable test plans over HTTP against a server process, and tells what came of them.
 *
 * <pre>
 *   Main ──► PlansCommand ──► plan ──► match
 *                       ├──► run ──► plan, match, server, report
 *                       └──► report ──► plan
 * </pre>
 *
 * <p>Reading order: a plan in {@code test-plans/plans}, {@link io.taktdb.testrunner.plan.Plan},
 * {@link io.taktdb.testrunner.run.PlanRunner}. Called by the launcher and by tests. Threading: one thread.
 */
package io.taktdb.testrunner;
