/** What the scenarios on TaktDB's tables share. Threading: one thread. */
package io.taktdb.bench.table;
