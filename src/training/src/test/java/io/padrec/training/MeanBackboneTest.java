package io.padrec.training;

class MeanBackboneTest extends BackboneContract {
    @Override
    Backbone backbone() {
        return new MeanBackbone(WIDTH, LENGTH, 0.8f);
    }
}
