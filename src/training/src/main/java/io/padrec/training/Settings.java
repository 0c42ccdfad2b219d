package io.padrec.training;

/**
 * Where training runs; the result depends on it only through the order of floating point sums.
 *
 * @param device  {@code auto} (a GPU where there is one), {@code cpu}, or {@code cuda:N}
 * @param threads threads of an operation on the CPU; 0 = as many as there are processors
 */
public record Settings(String device, int threads) {
    public Settings {
        if (!device.matches("auto|cpu|cuda:\\d{1,3}")) {
            throw new io.padrec.core.PadrecException("device '" + device + "' is not known; use auto, cpu or cuda:N");
        }
        if (threads < 0) {
            throw new io.padrec.core.PadrecException("threads must be 0 or more, not " + threads);
        }
    }
}
