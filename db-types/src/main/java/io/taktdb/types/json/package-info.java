/**
 * JSON in and out: one strict parser, and the only code that turns JSON into the byte form of values and back.
 *
 * <p>Reading order: {@link io.taktdb.types.json.StrictJson} (what JSON is accepted at all),
 * {@link io.taktdb.types.json.JsonToValue} and {@link io.taktdb.types.json.ValueToJson} (one value),
 * {@link io.taktdb.types.json.RowFromJson} (one record), {@link io.taktdb.types.json.SchemaJson} (schemas and their
 * changes).
 *
 * <p>Called by the front end on its event loops, by schema evolution, and by persistence. Threading: static methods and
 * records may be used by all; objects that hold scratch space belong to one thread.
 */
package io.taktdb.types.json;
