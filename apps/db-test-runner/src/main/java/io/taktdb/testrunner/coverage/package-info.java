/**
 * Which behaviours of {@code behaviours.json} are shown by a step of a plan or by a JUnit test that names them.
 *
 * <p>Called by the command line, and by the test that keeps the report current. Threading: none of its own.
 */
package io.taktdb.testrunner.coverage;
