/**
 * Compares what a plan expects with what came, and says every difference with its path.
 *
 * <p>Called when plans are read (do the matchers exist?) and when steps run. Threading: stateless.
 */
package io.taktdb.testrunner.match;
