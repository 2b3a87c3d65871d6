/** Single operations of a few nanoseconds, a thousand in each step. Threading: one thread, unless a class says more. */
package io.taktdb.bench.micro;
