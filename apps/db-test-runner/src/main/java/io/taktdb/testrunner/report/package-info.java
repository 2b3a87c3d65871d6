/**
 * What came of plans: results as values, and the forms in which they are told: text, JUnit XML, JSON.
 *
 * <p>Called by the runner (makes results) and the command (tells them). Threading: results are immutable.
 */
package io.taktdb.testrunner.report;
