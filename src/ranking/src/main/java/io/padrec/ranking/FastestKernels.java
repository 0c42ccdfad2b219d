package io.padrec.ranking;

import java.lang.foreign.Arena;
import java.lang.module.ModuleFinder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import jdk.internal.module.Modules;

/**
 * The fastest kernels that this JVM has: plain loops at first, where it must be, and those on the Vector API once that is there.
 *
 * <p>The API's module still incubates. Named at start, by {@code --add-modules}, it makes Java 25 do without the linked classes of an
 * AOT cache, and a start takes nearly twice as long. With {@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED} it is loaded
 * after the first answer instead, in the way in which the JVM loads its own management agent, and made fast before requests use it.
 * Without either, plain loops stay; and with the system property {@code padrec.kernels=plain}, which the run needs that makes an AOT
 * cache: one that knows classes of a module which is not there at start cannot be written.
 */
final class FastestKernels implements Supplier<Kernels> {
    static final FastestKernels INSTANCE = new FastestKernels();
    private static final String MODULE = "jdk.incubator.vector";
    /** The first answer is out by then. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int ROUNDS = 10_000;
    private static final int ROWS = 4;
    private static final int WIDTH = 2 * Kernels.PANEL;

    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Kernels kernels = ModuleLayer.boot().findModule(MODULE).isPresent() ? new VectorKernels() : new ScalarKernels();

    private FastestKernels() {
    }

    /** The fastest so far. The first call may have faster ones made ready for later calls. */
    @Override
    public Kernels get() {
        if (!asked.get() && asked.compareAndSet(false, true) && kernels instanceof ScalarKernels && canLoad()) {
            Thread.ofPlatform().daemon().name("padrec-kernels").start(this::load);
        }
        return kernels;
    }

    private static boolean canLoad() {
        return !"plain".equals(System.getProperty("padrec.kernels"))
                && Object.class.getModule().isExported("jdk.internal.module", FastestKernels.class.getModule())
                && ModuleFinder.ofSystem().find(MODULE).isPresent();
    }

    private void load() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            return;
        }
        Modules.loadModule(MODULE);
        Kernels vector = new VectorKernels();
        warmUp(vector);
        kernels = vector;
    }

    /** Until the JIT has compiled it, code on vectors is slower than any loop. */
    private static void warmUp(Kernels kernels) {
        float[] x = new float[ROWS * WIDTH];
        float[] y = new float[ROWS * WIDTH];
        float[] z = new float[ROWS * WIDTH];
        float[] panels = new float[WIDTH * WIDTH];
        float[] ones = new float[WIDTH];
        int[] ends = {WIDTH / 2, WIDTH};
        try (Arena arena = Arena.ofConfined()) {
            for (Precision precision : Precision.values()) {
                Table table = new Table(Layout.of(WIDTH / 2, WIDTH / 2), precision, ROWS, arena);
                for (int i = 0; i < ROUNDS; i++) {
                    kernels.four(x, ends, table.numbers(), table.isOfBytes(), table.at(0), table.at(1), table.at(2), table.at(3), ones,
                            0, 2, 4, 6, z, 0, 1);
                    kernels.fourTwice(x, y, ends, table.numbers(), table.isOfBytes(), table.at(0), table.at(1), table.at(2),
                            table.at(3), ones, 0, 2, 4, 6, z, z, 0, 1);
                    kernels.one(x, ends, table.numbers(), table.isOfBytes(), table.at(0), ones, 0);
                }
            }
        }
        for (int i = 0; i < ROUNDS; i++) {
            kernels.dense(x, 0, panels, ones, WIDTH, WIDTH, y, i % (ROWS + 1));
            kernels.product(x, 0, y, 0, WIDTH);
            kernels.add(1, x, 0, z, 0, WIDTH);
            kernels.rectify(z, 0, WIDTH);
            kernels.normalise(z, 0, WIDTH, ones, ones, 1);
        }
    }
}
