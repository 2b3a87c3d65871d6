/**
 * What threads may see of versions and leases: jcstress tests, which run in JVMs of their own, and Lincheck tests.
 *
 * <p>In the package of what they prove, since the tick thread's side of it is nobody else's business.
 */
package io.taktdb.core.version;
