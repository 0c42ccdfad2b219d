/** Vectors of a model for other programs, as files that NumPy and whatever knows Parquet read. */
package io.padrec.standalone.export;
