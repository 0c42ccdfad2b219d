package io.padrec.standalone;

import io.padrec.standalone.pipeline.Workplace;

/** What a command does once everything is up; returns the process's exit code. */
@FunctionalInterface
interface Task {
    int run(Workplace workplace);
}
