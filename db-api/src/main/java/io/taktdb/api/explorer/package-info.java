/**
 * What the server says of itself: the OpenAPI document, and a plain page for people.
 *
 * <p>{@code openapi.yaml} next to these classes is the source of the REST contract; a test holds it against the router
 * in both directions. Called by event loops. Threading: none of its own.
 */
package io.taktdb.api.explorer;
