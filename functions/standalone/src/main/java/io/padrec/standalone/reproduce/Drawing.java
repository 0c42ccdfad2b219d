package io.padrec.standalone.reproduce;

import io.padrec.standalone.reproduce.Figure.Bars;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A figure in shades of grey, each bar with its height in figures at its foot. The same figure gives the same bytes on one machine. */
final class Drawing {
    static final int WIDTH = 1100;
    static final int HEIGHT = 480;
    /** Pixels of the image for each of the page's, so that print is sharp. */
    private static final int SHARPNESS = 2;
    /** Black figures are read on all of them, and the lightest is told from the paper. */
    private static final int DARKEST = 125;
    private static final int LIGHTEST = 220;

    static {
        // Otherwise AWT looks for a screen, and fails where DISPLAY names one that is gone.
        System.setProperty("java.awt.headless", "true");
    }

    private Drawing() {
    }

    static byte[] png(Figure figure) {
        BufferedImage image = new BufferedImage(WIDTH * SHARPNESS, HEIGHT * SHARPNESS, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SHARPNESS, SHARPNESS);
        chart(figure).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private static CategoryChart chart(Figure figure) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(figure.axis()).build();
        style(chart.getStyler());
        if (figure.bars().stream().flatMap(bars -> bars.heights().stream()).allMatch(height -> height == 0)) {
            // An axis from 0 to 0 has no scale.
            chart.getStyler().setYAxisMax(1.0);
        }
        List<Bars> bars = figure.bars();
        for (int b = 0; b < bars.size(); b++) {
            Bars series = bars.get(b);
            int grey = DARKEST + (LIGHTEST - DARKEST) * b / Math.max(1, bars.size() - 1);
            chart.addSeries(series.name(), figure.groups(), series.heights(), series.whiskers())
                    .setFillColor(new Color(grey, grey, grey));
        }
        return chart;
    }

    private static void style(CategoryStyler style) {
        style.setLocale(Locale.ROOT);
        style.setChartTitleVisible(false);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setXAxisLabelRotation(30);
        style.setYAxisMin(0.0);
        style.setYAxisDecimalPattern("0.00");
        style.setErrorBarsColor(Color.BLACK);
        style.setLabelsVisible(true);
        style.setLabelsPosition(0);
        style.setLabelsFontColorAutomaticEnabled(false);
        style.setLabelsFontColor(Color.BLACK);
        style.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    }
}
