/** What tests of the front end share: an echo server, a client that can misbehave, a check for leaked buffers. */
package io.taktdb.api.testing;
