/**
 * OpenTelemetry for functions whose start may take 0.15 s longer. Off until {@code QUARKUS_OTEL_SDK_DISABLED=false} and
 * {@code QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT} say where spans go to.
 */
package io.padrec.tracing;
