/**
 * {@code takt bench jmh}: figures of {@code takt bench engine} that suit it, measured by JMH instead.
 *
 * <p>{@link io.taktdb.bench.jmh.EngineJmh} names the kernels; worlds and peers are those of {@code engine}. Threading:
 * JMH's.
 */
package io.taktdb.bench.jmh;
