/** The command line client; speaks HTTP and never links the engine. */
package io.taktdb.cli;
