/** The plans of {@code test-plans/plans}, run as tests of the packaged server. */
package io.taktdb.plans;
