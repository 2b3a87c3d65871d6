/** Runs executable test plans over HTTP against a server process. */
package io.taktdb.testrunner;
