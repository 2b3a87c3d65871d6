/**
 * The world of {@code takt bench server}: accounts, a procedure that moves an amount between two of them, and the child
 * JVM that serves it ({@code BankMain}).
 *
 * <p>Threading: procedures run on the tick thread, {@code BankMain} on the main thread of its own JVM.
 */
package io.taktdb.bench.bank;
