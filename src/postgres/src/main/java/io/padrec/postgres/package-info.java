/** A PostgreSQL server of padrec's own, for a laptop, evaluations and tests. Production brings a server. */
package io.padrec.postgres;
