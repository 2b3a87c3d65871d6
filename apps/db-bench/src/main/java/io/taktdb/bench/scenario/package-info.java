/** What a contender does in a bench. Threading: one thread. */
package io.taktdb.bench.scenario;
