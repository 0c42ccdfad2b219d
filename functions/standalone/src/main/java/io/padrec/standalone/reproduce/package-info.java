/** The paper's tables, row by row: each row is trained, ranked and kept, and the report is made of what is kept. */
package io.padrec.standalone.reproduce;
