package io.padrec.training;

class CaserTest extends BackboneContract {
    @Override
    Backbone backbone() {
        return new Caser(WIDTH, LENGTH, 3, 4, 2);
    }
}
