/** A campaign: many readers look for a torn row while commits go on. Threading: a writer and as many readers. */
package io.taktdb.bench.readers;
