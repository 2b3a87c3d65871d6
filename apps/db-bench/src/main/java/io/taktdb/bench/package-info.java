/** Benchmarks of the engine, with peers measured in the same run. */
package io.taktdb.bench;
