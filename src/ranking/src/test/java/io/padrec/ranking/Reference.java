package io.padrec.ranking;

import io.padrec.core.Bundle;
import io.padrec.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The bundle's formulas written down as they stand, in double arithmetic and without a thought for time: padded histories, every
 * position of every block, masks as masks. Shares no code with the ranker.
 */
final class Reference {
    private final Bundle bundle;
    private final int items;

    Reference(Bundle bundle) {
        this.bundle = bundle;
        this.items = bundle.tensors().get("items.bins").shape()[0] - 1;
    }

    /** shares[i][k] = gate[bin(i), k] · h[bin(newest), k] · ⟨u_k, v_k,i⟩; h is 1 where the bundle has no gate.history. */
    double[][] shares(int[] history) {
        List<?> experts = (List<?>) bundle.manifest().get("experts");
        double[][] gate = matrix("gate");
        int[] bins = ((Tensor.Ints) bundle.tensors().get("items.bins")).data();
        double[][] shares = new double[items + 1][experts.size()];
        for (int k = 0; k < experts.size(); k++) {
            Map<?, ?> expert = (Map<?, ?>) experts.get(k);
            double[][] table = matrix(expert.get("name") + ".items");
            double[] user = history.length == 0 ? new double[table[0].length] : user(expert, table, history);
            double ofHistory = history.length > 0 && bundle.tensors().containsKey("gate.history")
                    ? matrix("gate.history")[bins[history[history.length - 1]]][k] : 1;
            for (int i = 1; i <= items; i++) {
                shares[i][k] = gate[bins[i]][k] * ofHistory * dot(user, table[i]);
            }
        }
        return shares;
    }

    double[] scores(int[] history) {
        return Arrays.stream(shares(history)).mapToDouble(s -> Arrays.stream(s).sum()).toArray();
    }

    private double[] user(Map<?, ?> expert, double[][] table, int[] history) {
        double[] user = switch ((String) expert.get("backbone")) {
            case "mean" -> mean(expert, table, history);
            case "gru4rec" -> gru(expert, table, history);
            case "caser" -> caser(expert, table, history);
            default -> sasRec(expert, table, history);
        };
        double scale = expert.get("temperature") instanceof Double temperature
                ? 1 / Math.sqrt(dot(user, user) * temperature) : 1;
        return Arrays.stream(user).map(x -> scale * x).toArray();
    }

    private double[] gru(Map<?, ?> expert, double[][] table, int[] history) {
        String prefix = expert.get("name") + ".";
        double[][] input = matrix(prefix + "gru.input");
        double[][] recurrent = matrix(prefix + "gru.recurrent");
        int width = input[0].length;
        double[] h = new double[width];
        for (int l = Math.max(0, history.length - Math.toIntExact((long) expert.get("length"))); l < history.length; l++) {
            double[] x = times(input, table[history[l]]);
            double[] u = times(recurrent, h);
            for (int d = 0; d < width; d++) {
                double r = 1 / (1 + Math.exp(-x[d] - u[d]));
                double z = 1 / (1 + Math.exp(-x[width + d] - u[width + d]));
                h[d] = (1 - z) * Math.tanh(x[2 * width + d] + r * u[2 * width + d]) + z * h[d];
            }
        }
        return output(prefix, h);
    }

    private double[] caser(Map<?, ?> expert, double[][] table, int[] history) {
        String prefix = expert.get("name") + ".";
        int window = Math.toIntExact((long) expert.get("window"));
        int seen = Math.toIntExact(Math.min((long) expert.get("length"), window));
        int width = table[0].length;
        double[] image = new double[window * width];
        for (int age = 0; age < seen && age < history.length; age++) {
            System.arraycopy(table[history[history.length - 1 - age]], 0, image, (window - 1 - age) * width, width);
        }
        DoubleStream.Builder features = DoubleStream.builder();
        for (double[] weights : matrix(prefix + "vertical")) {
            for (int d = 0; d < width; d++) {
                double sum = 0;
                for (int l = 0; l < window; l++) {
                    sum += weights[l] * image[l * width + d];
                }
                features.add(sum);
            }
        }
        for (int height = 1; height <= window; height++) {
            double[][] filters = matrix(prefix + "horizontal." + height + ".weight");
            double[] biases = vector(prefix + "horizontal." + height + ".bias");
            for (int f = 0; f < filters.length; f++) {
                double most = 0;
                for (int l = 0; l + height <= window; l++) {
                    most = Math.max(most, biases[f] + dot(filters[f], Arrays.copyOfRange(image, l * width, (l + height) * width)));
                }
                features.add(most);
            }
        }
        return output(prefix, features.build().toArray());
    }

    private double[] output(String prefix, double[] x) {
        return layerNorm(sum(times(matrix(prefix + "output.weight"), x), vector(prefix + "output.bias")), prefix + "norm");
    }

    private double[] mean(Map<?, ?> expert, double[][] table, int[] history) {
        double[] user = new double[table[0].length];
        for (int age = 0; age < (long) expert.get("length") && age < history.length; age++) {
            double[] vector = table[history[history.length - 1 - age]];
            for (int d = 0; d < user.length; d++) {
                user[d] += Math.pow((double) expert.get("decay"), age) * vector[d];
            }
        }
        double norm = Math.sqrt(dot(user, user));
        return Arrays.stream(user).map(x -> norm == 0 ? 0 : x / norm).toArray();
    }

    private double[] sasRec(Map<?, ?> expert, double[][] table, int[] history) {
        String prefix = expert.get("name") + ".";
        int length = Math.toIntExact((long) expert.get("length"));
        int heads = Math.toIntExact((long) expert.get("heads"));
        int[] padded = new int[length];
        for (int l = 0; l < length; l++) {
            int at = history.length - length + l;
            padded[l] = at < 0 ? 0 : history[at];
        }
        double[][] positions = matrix(prefix + "positions");
        double[][] h = new double[length][];
        for (int l = 0; l < length; l++) {
            h[l] = layerNorm(sum(table[padded[l]], positions[l]), prefix + "norm");
        }
        for (int b = 0; b < (long) expert.get("blocks"); b++) {
            h = block(prefix + "blocks." + b + ".", h, padded, heads);
        }
        return h[length - 1];
    }

    private double[][] block(String prefix, double[][] h, int[] padded, int heads) {
        double[][] attended = attention(prefix + "attention.", h, padded, heads);
        double[][] out = new double[h.length][];
        for (int l = 0; l < h.length; l++) {
            double[] x = layerNorm(sum(h[l], times(matrix(prefix + "attention.output"), attended[l])),
                    prefix + "attention.norm");
            double[] inner = Arrays.stream(sum(times(matrix(prefix + "feedforward.inner.weight"), x),
                    vector(prefix + "feedforward.inner.bias"))).map(v -> Math.max(0, v)).toArray();
            double[] outer = sum(times(matrix(prefix + "feedforward.outer.weight"), inner),
                    vector(prefix + "feedforward.outer.bias"));
            out[l] = layerNorm(sum(x, outer), prefix + "feedforward.norm");
        }
        return out;
    }

    private double[][] attention(String prefix, double[][] h, int[] padded, int heads) {
        int length = h.length;
        int slice = h[0].length / heads;
        double[][] contexts = new double[length][h[0].length];
        for (int head = 0; head < heads; head++) {
            for (int q = 0; q < length; q++) {
                double[] query = slice(times(matrix(prefix + "query"), h[q]), head, slice);
                double[] weights = new double[length];
                double total = 0;
                for (int k = 0; k < length; k++) {
                    boolean masked = k > q || padded[k] == 0;
                    double[] key = slice(times(matrix(prefix + "key"), h[k]), head, slice);
                    weights[k] = masked ? 0 : Math.exp(dot(query, key) / Math.sqrt(slice));
                    total += weights[k];
                }
                for (int k = 0; k < length && total > 0; k++) {
                    double[] value = slice(times(matrix(prefix + "value"), h[k]), head, slice);
                    for (int d = 0; d < slice; d++) {
                        contexts[q][head * slice + d] += weights[k] / total * value[d];
                    }
                }
            }
        }
        return contexts;
    }

    private double[] layerNorm(double[] x, String name) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] weight = vector(name + ".weight");
        double[] bias = vector(name + ".bias");
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + 1e-6) * weight[i] + bias[i];
        }
        return y;
    }

    private double[] vector(String name) {
        float[] data = bundle.floats(name).data();
        double[] vector = new double[data.length];
        for (int i = 0; i < data.length; i++) {
            vector[i] = data[i];
        }
        return vector;
    }

    double[][] matrix(String name) {
        double[] all = vector(name);
        int columns = bundle.floats(name).shape()[1];
        double[][] matrix = new double[all.length / columns][];
        for (int r = 0; r < matrix.length; r++) {
            matrix[r] = Arrays.copyOfRange(all, r * columns, (r + 1) * columns);
        }
        return matrix;
    }

    private static double[] times(double[][] matrix, double[] x) {
        return Arrays.stream(matrix).mapToDouble(row -> dot(row, x)).toArray();
    }

    private static double[] slice(double[] x, int head, int slice) {
        return Arrays.copyOfRange(x, head * slice, (head + 1) * slice);
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
