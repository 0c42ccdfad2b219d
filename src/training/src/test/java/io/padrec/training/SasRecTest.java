package io.padrec.training;

class SasRecTest extends BackboneContract {
    @Override
    Backbone backbone() {
        return new SasRec(WIDTH, LENGTH, 2, 2);
    }
}
