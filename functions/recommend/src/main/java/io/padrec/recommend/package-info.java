/**
 * Recommendations over HTTP: {@code GET} and {@code POST /recommend}, {@code GET /similar}, {@code GET /health}. Every error is
 * an {@code application/problem+json}. In one process with other functions, {@link io.padrec.recommend.Recommendations} answers
 * the same questions without HTTP.
 */
package io.padrec.recommend;
