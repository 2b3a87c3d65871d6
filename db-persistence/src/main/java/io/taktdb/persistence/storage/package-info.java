/**
 * The file system as persistence sees it: a port of few calls, and its one product implementation.
 *
 * <p>Everything that reads or writes the data folder goes through {@link io.taktdb.persistence.storage.Storage}, so a
 * test can put a disk under the real code that fails, forgets or tears at any call. Nothing is durable before
 * {@link io.taktdb.persistence.storage.StorageFile#force()}, no name before
 * {@link io.taktdb.persistence.storage.Storage#forceFolder}; a rename is atomic.
 *
 * <p>Called by snapshots, dumps and recovery. Threading: a storage any thread, a file one thread at a time.
 */
package io.taktdb.persistence.storage;
