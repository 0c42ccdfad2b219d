package io.padrec.standalone.reproduce;

import java.util.List;

/** Lines over two axes. */
record Lines(String xAxis, String yAxis, List<Line> lines, String finding, String caption) implements Picture {
    /** The points of one line. */
    record Line(String name, List<Double> xs, List<Double> ys) {
    }
}
