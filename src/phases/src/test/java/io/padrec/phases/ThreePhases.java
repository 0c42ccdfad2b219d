package io.padrec.phases;

import jakarta.enterprise.context.ApplicationScoped;

/** The three functions in one application, which therefore has no worker of its own. */
final class ThreePhases {
    private ThreePhases() {
    }

    @ApplicationScoped
    static class Pretrain extends PhaseFunction {
        Pretrain() {
            super(Phase.PRETRAIN);
        }

        @Override
        void declare(io.padrec.serverless.Routes routes) {
            // Their paths would meet.
        }
    }

    @ApplicationScoped
    static class Align extends PhaseFunction {
        Align() {
            super(Phase.ALIGN);
        }

        @Override
        void declare(io.padrec.serverless.Routes routes) {
            // As above.
        }
    }

    @ApplicationScoped
    static class Finetune extends PhaseFunction {
        Finetune() {
            super(Phase.FINETUNE);
        }

        @Override
        void declare(io.padrec.serverless.Routes routes) {
            // As above.
        }
    }
}
