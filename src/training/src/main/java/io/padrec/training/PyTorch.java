package io.padrec.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
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
        Device device = device(settings.device());
        JniUtils.setNumThreads(settings.threads() > 0 ? settings.threads() : Runtime.getRuntime().availableProcessors());
        // Recorded is what a gradient is wanted of, alone.
        JniUtils.setGradMode(false);
        return NDManager.newBaseManager(device);
    }

    private static Device device(String name) {
        int gpus = Engine.getInstance().getGpuCount();
        if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
            return Device.cpu();
        }
        int index = name.equals("auto") ? 0 : Integer.parseInt(name.substring("cuda:".length()));
        if (index >= gpus) {
            throw new PadrecException("device " + name + " is not there: PyTorch finds " + gpus
                    + " GPUs; use device cpu, or point PYTORCH_LIBRARY_PATH at a libtorch built for CUDA");
        }
        return Device.gpu(index);
    }
}
