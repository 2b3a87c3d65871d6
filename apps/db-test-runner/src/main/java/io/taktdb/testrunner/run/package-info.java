/**
 * Runs plans: a server for each, then its steps in order.
 *
 * <pre>
 *   PlanRunner ──► PlanRun ──► StepRun ──► HttpCall, Dump
 *                                    └──► Expectations ──► match
 * </pre>
 *
 * <p>Called by the command and by JUnit tests. Threading: one thread.
 */
package io.taktdb.testrunner.run;
