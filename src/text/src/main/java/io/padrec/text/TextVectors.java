package io.padrec.text;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import java.nio.file.Path;
import java.util.List;

/** Where items' text vectors come from: the door to this module for whoever embeds items. */
public interface TextVectors extends AutoCloseable {
    /** Names the encoder; vectors of two names are never mixed. */
    String name();

    /**
     * The items' vectors. Encoding takes long, and stops where the calling thread is interrupted.
     *
     * @return [n, T], in the order of the items
     * @throws PadrecException where an item's vector cannot be had
     * @throws java.util.concurrent.CancellationException where the calling thread is interrupted (it stays interrupted), or
     *         this is closed meanwhile
     */
    float[][] of(List<Item> items);

    /** Gives back what the encoder holds. */
    @Override
    void close();

    /**
     * The configured source. A model in this process is loaded when there is something to encode, and a server is not asked
     * before.
     *
     * @throws PadrecException where the settings do not fit together, or the file cannot be read
     */
    static TextVectors of(TextSettings settings) {
        return switch (settings.encoder()) {
            case "onnx" -> ofTexts(settings.threads());
            case "openai" -> {
                OpenAiOptions options = OpenAiOptions.of(settings.openai());
                yield new EncodedTexts(options.name(), () -> TextEncoders.openAi(options));
            }
            case "file" -> FileVectors.byId(settings.file().orElseThrow(() -> new PadrecException("padrec.text.file is not set;"
                    + " padrec.text.encoder=file needs the vectors' file there")));
            default -> throw new PadrecException("padrec.text.encoder is '" + settings.encoder() + "'; use onnx, openai or file");
        };
    }

    /**
     * The built-in encoder over the items' texts.
     *
     * @param threads batches that are encoded at a time; 0 = one for each core
     */
    static TextVectors ofTexts(int threads) {
        int atATime = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        return new EncodedTexts(TextEncoders.onnxName(), () -> TextEncoders.onnx(atATime));
    }

    /**
     * The vectors of a file that fits a dataset whole, by the items' ids or by their order.
     *
     * @param items all items of the dataset, in its order
     * @throws PadrecException where the file cannot be read, or does not hold a vector for each of the items
     */
    static TextVectors ofFile(Path file, List<Item> items) {
        return FileVectors.ofAll(file, items);
    }
}
