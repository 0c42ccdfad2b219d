package io.padrec.serverless;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Meters of the JVM. Quarkus's own set of them divides one duration by another at start, which has {@link java.math.BigDecimal}
 * compute its powers of five before the first request, a tenth of a second of it.
 */
class JvmMeters {
    @Produces
    @Singleton
    MeterBinder memory() {
        return new JvmMemoryMetrics();
    }

    @Produces
    @Singleton
    MeterBinder collections() {
        return new JvmGcMetrics();
    }

    @Produces
    @Singleton
    MeterBinder threads() {
        return new JvmThreadMetrics();
    }

    @Produces
    @Singleton
    MeterBinder classes() {
        return new ClassLoaderMetrics();
    }
}
