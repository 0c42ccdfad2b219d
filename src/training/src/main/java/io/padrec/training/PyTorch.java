package io.padrec.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.padrec.core.PadrecException;

/** PyTorch on the device that is asked for. */
final class PyTorch {
    private PyTorch() {
    }

    /**
     * What holds the memory of arrays on the device, until it is closed. For the calling thread: PyTorch keeps threads and the
     * recording of gradients by thread, and records in every thread but the one that loaded it.
     *
     * @throws PadrecException where the device is not there
     */
    static NDManager open(Settings settings) {
        // DJL would otherwise look for other versions of PyTorch, and report its use, over the network.
        System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
        System.setProperty("OPT_OUT_TRACKING", System.getProperty("OPT_OUT_TRACKING", "true"));
        boolean cuda = Engine.getInstance().hasCapability(StandardCapabilities.CUDA);
        JniUtils.setNumThreads(settings.threads() > 0 ? settings.threads() : Runtime.getRuntime().availableProcessors());
        // Recorded is what a gradient is wanted of, alone.
        JniUtils.setGradMode(false);
        if (settings.device().equals("cpu") || (settings.device().equals("auto") && !cuda)) {
            return NDManager.newBaseManager(Device.cpu());
        }
        if (!cuda) {
            throw new PadrecException("device " + settings.device() + " is not there: PyTorch finds no GPU; use device cpu, or, where"
                    + " there is one, NVIDIA's driver and a libtorch built for CUDA (README, GPUs)");
        }
        return onGpu(settings.device().equals("auto") ? 0 : Integer.parseInt(settings.device().substring("cuda:".length())));
    }

    /** Tries the GPU with one number: DJL's own count of GPUs wants a CUDA runtime by a file name that libtorch's does not have. */
    private static NDManager onGpu(int index) {
        NDManager manager = NDManager.newBaseManager(Device.gpu(index));
        try {
            manager.zeros(new Shape(1)).close();
            return manager;
        } catch (EngineException e) {
            manager.close();
            throw new PadrecException("device cuda:" + index + " is not there: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }
}
