/**
 * The five functions on one machine: each a process of its own, with one PostgreSQL, and a router in the place of Knative's
 * broker that reads the same Triggers.
 */
package io.padrec.standalone.local;
