/**
 * Plans as values, and how they are read from YAML: every fault with file, line and column, all faults at once.
 *
 * <p>Reading order: {@link io.taktdb.testrunner.plan.Plan}, {@link io.taktdb.testrunner.plan.Action},
 * {@link io.taktdb.testrunner.plan.PlanReader}. The format is also described by {@code test-plans/plan.schema.json}.
 * Called by the command and the runner. Threading: plans are immutable.
 */
package io.taktdb.testrunner.plan;
