/** The whole chain of functions from outside, over HTTP alone: from a dataset to a model that is served. */
package io.padrec.standalone.chain;
