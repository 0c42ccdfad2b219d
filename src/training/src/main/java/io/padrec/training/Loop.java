package io.padrec.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.core.Tensor;
import io.padrec.training.Recipe.Schedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The one training loop: shuffles examples, steps AdamW, validates after every epoch, keeps the best weights, stops early,
 * and writes a checkpoint an epoch. Every random choice of epoch n derives from (seed, n), so a run that was cut off goes on
 * as if it had not been: same seed, device and thread count give the same weights to the last bit.
 */
final class Loop {
    /** The loss of some examples. */
    @FunctionalInterface
    interface Objective {
        /**
         * @param examples numbers of the batch's examples
         * @param seed     for what is sampled in this step
         * @param dropout  share of activations dropped
         */
        Loss.Value loss(int[] examples, long seed, float dropout);
    }

    /** How good the weights are on held-out steps. */
    record Score(double hr10, double ndcg10) {
    }

    /**
     * What came of a training.
     *
     * @param best the weights' that were kept
     */
    record Result(Score best, Curve curve) {
    }

    /** Measures the weights as they are. */
    @FunctionalInterface
    interface Validation {
        Score score();
    }

    private final String part;
    private final Parameters parameters;
    private final Schedule schedule;
    private final long seed;
    private final Checkpoint checkpoint;
    private final Progress progress;

    private int epochs;
    private int epoch;
    private int bestEpoch;
    private Score best = new Score(0, -1);
    private Map<String, Tensor> bestWeights;
    private Curve curve = new Curve();

    Loop(String part, Parameters parameters, Schedule schedule, long seed, Path checkpoints, Progress progress) {
        this.part = part;
        this.parameters = parameters;
        this.schedule = schedule;
        this.seed = Seeds.mix(seed, part.hashCode());
        this.checkpoint = new Checkpoint(checkpoints.resolve(part));
        this.progress = progress;
    }

    /**
     * Trains, and leaves the best epoch's weights in the parameters.
     *
     * @param whole every epoch counts as better than the one before: what is trained is not what validation measures
     */
    Result run(int[] examples, Objective objective, Validation validation, boolean whole) {
        epochs = schedule.epochsOver(examples.length);
        // Where a small dataset raises the epochs, each is as much shorter.
        int patience = schedule.patience() * epochs / Math.max(1, schedule.epochs());
        try (AdamW optimizer = new AdamW(parameters, schedule.weightDecay())) {
            checkpoint.newest().ifPresent(bundle -> resume(bundle, optimizer));
            bestWeights = bestWeights == null ? parameters.save("") : bestWeights;
            while (epoch < epochs && epoch - bestEpoch < patience) {
                long start = System.nanoTime();
                epoch++;
                double loss = trainEpoch(examples, objective, optimizer);
                Score score = validation.score();
                if (whole || score.ndcg10 > best.ndcg10) {
                    best = score;
                    bestEpoch = epoch;
                    bestWeights = parameters.save("");
                }
                curve.add(epoch, loss, score.hr10, score.ndcg10);
                save(optimizer);
                double seconds = (System.nanoTime() - start) / 1e9;
                progress.step(new Progress.Step(part, epoch, epochs, loss, score.hr10, score.ndcg10,
                        seconds * (epochs - epoch)));
            }
            parameters.load(bestWeights, "");
            return new Result(epochs == 0 ? validation.score() : best, curve);
        }
    }

    private double trainEpoch(int[] examples, Objective objective, AdamW optimizer) {
        long epochSeed = Seeds.mix(seed, epoch);
        Engine.getInstance().setRandomSeed((int) epochSeed);
        int[] order = shuffled(examples, epochSeed);
        int steps = (order.length + schedule.batch() - 1) / schedule.batch();
        double sum = 0;
        for (int s = 0; s < steps; s++) {
            int[] batch = Arrays.copyOfRange(order, s * schedule.batch(), Math.min(order.length, (s + 1) * schedule.batch()));
            double value = step(batch, Seeds.mix(epochSeed, s), objective, optimizer, rate((epoch - 1) * steps + s, steps));
            if (!Double.isFinite(value)) {
                throw new PadrecException("training of " + part + " diverged in epoch " + epoch + " (loss " + value
                        + "); lower the learning rate, and look for extreme values in the text vectors");
            }
            sum += value;
            progress.batch(part, epoch, epochs, (s + 1.0) / steps);
        }
        return sum / steps;
    }

    private double step(int[] batch, long stepSeed, Objective objective, AdamW optimizer, float learningRate) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                Loss.Value loss = objective.loss(batch, stepSeed, schedule.dropout());
                collector.backward(loss.surrogate());
                value = loss.value();
            }
            optimizer.step(learningRate);
            return value.getFloat();
        }
    }

    private float rate(int step, int stepsAnEpoch) {
        if (!schedule.cosine()) {
            return schedule.learningRate();
        }
        double done = step / ((double) stepsAnEpoch * epochs);
        return (float) (schedule.learningRate() * 0.5 * (1 + Math.cos(Math.PI * done)));
    }

    private static int[] shuffled(int[] examples, long seed) {
        int[] order = examples.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    private void save(AdamW optimizer) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.save("weights."));
        bestWeights.forEach((name, tensor) -> tensors.put("best." + name, tensor));
        tensors.putAll(optimizer.save("optimizer."));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("epoch", epoch);
        state.put("steps", optimizer.steps());
        state.put("bestEpoch", bestEpoch);
        state.put("bestHr10", best.hr10);
        state.put("bestNdcg10", best.ndcg10);
        state.put("curve", curve.toMap());
        checkpoint.write(epoch, state, tensors);
    }

    private void resume(Bundle bundle, AdamW optimizer) {
        Map<String, Object> state = bundle.manifest();
        epoch = number(state, "epoch").intValue();
        bestEpoch = number(state, "bestEpoch").intValue();
        best = new Score(number(state, "bestHr10").doubleValue(), number(state, "bestNdcg10").doubleValue());
        // An earlier version's checkpoint has none; the curve then begins here.
        curve = Curve.of((Map<?, ?>) state.getOrDefault("curve", Map.of()));
        parameters.load(bundle.tensors(), "weights.");
        optimizer.load(bundle.tensors(), "optimizer.", number(state, "steps").intValue());
        bestWeights = new LinkedHashMap<>();
        parameters.all().keySet().forEach(name -> bestWeights.put(name, bundle.tensors().get("best." + name)));
    }

    private static Number number(Map<String, Object> state, String name) {
        return (Number) state.get(name);
    }
}
