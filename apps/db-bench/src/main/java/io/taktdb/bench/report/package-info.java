/** What benchmarks print and store. Threading: one thread. */
package io.taktdb.bench.report;
