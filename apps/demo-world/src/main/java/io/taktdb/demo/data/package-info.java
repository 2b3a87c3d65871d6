/** The sample data that ships with the demo. Called by {@code world} and {@code Main}. Threading: any thread. */
package io.taktdb.demo.data;
