/** What threads may see of the way into the loop. In the package of what is proved, which is nobody else's business. */
package io.taktdb.runtime.tick;
