/** A trial: the whole chain twice, once undisturbed and once while everything around it fails. Both must come to the same. */
package io.padrec.standalone.chaos;
