/** Shows that generated source compiles and does what generic access does. */
package io.taktdb.runtime.codegen;
