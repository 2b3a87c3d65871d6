/** Programs to copy from: what docs/EMBEDDING.md shows. */
package io.taktdb.example;
