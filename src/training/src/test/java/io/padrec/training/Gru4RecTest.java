package io.padrec.training;

class Gru4RecTest extends BackboneContract {
    @Override
    Backbone backbone() {
        return new Gru4Rec(WIDTH, LENGTH);
    }
}
