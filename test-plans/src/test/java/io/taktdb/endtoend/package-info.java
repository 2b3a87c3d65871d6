/** The whole product through its doors: a server in this process, spoken to over HTTP. */
package io.taktdb.endtoend;
