/**
 * Snapshots: one committed state as files, whole or not there.
 *
 * <pre>
 *   SnapshotWriter ──► PageFileWriter ──► pages.bin      drawn at PageFile
 *        │        └──► SchemaJson ──────► schema.json    the schema's stored form
 *        │        └──► ManifestJson ────► manifest.json  drawn at ManifestJson
 *        └──► SnapshotCatalog               names of the folders, retention
 *   SnapshotReader ──► StoredPages ──► PageFileReader
 * </pre>
 *
 * Called by {@code recovery} and by the world store. Threading: writer and reader belong to one thread.
 */
package io.taktdb.persistence.snapshot;
