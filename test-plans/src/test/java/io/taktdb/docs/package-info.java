/** Documents that are run, or compared with what they describe. */
package io.taktdb.docs;
