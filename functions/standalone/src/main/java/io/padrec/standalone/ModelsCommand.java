package io.padrec.standalone;

import io.padrec.standalone.terminal.Format;
import io.padrec.standalone.terminal.Table;
import io.padrec.store.Model;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists models, and chooses the one that is served. */
@Command(name = "models", sortOptions = false, description = "List the models, or promote one: it is served from then on.")
final class ModelsCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Option(names = "--promote", paramLabel = "ID", description = "The model to serve.")
    String promote;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        return new Program(common, padrec.out()).beside().run(workplace -> {
            if (promote != null) {
                workplace.store().models().promote(promote);
            }
            List<Model> models = workplace.store().models().list();
            Table table = new Table("model", "dataset", "HR@10", "nDCG@10", "made", "served");
            for (Model model : models) {
                table.row(model.id(), model.dataset(), percent(model, "hr@10"), percent(model, "ndcg@10"),
                        model.createdAt().toString(), model.promoted() ? "yes" : "");
            }
            workplace.output().result(Map.of("models", models.stream().map(Model::toMap).toList()),
                    models.isEmpty() ? "no models yet" : table.toString());
            return 0;
        });
    }

    private static String percent(Model model, String metric) {
        return model.metrics().get(metric) instanceof Number number ? Format.percent(number.doubleValue()) : "-";
    }
}
