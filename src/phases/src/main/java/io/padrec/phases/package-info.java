/**
 * What the training functions do: {@link io.padrec.phases.Phases} makes a run's bundle, {@link io.padrec.phases.Evaluations}
 * measures it, {@link io.padrec.phases.Promotions} chooses the model that is served.
 */
package io.padrec.phases;
