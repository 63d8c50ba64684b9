package dev.centime.ingest.view.costs.efficiency;

import dev.centime.ingest.view.costs.question.Ratios;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Tokens in and out. In are all that a model was given: what a cache held or took, audio and images too. */
@Schema(name = "TokenAnalytics")
public record TokenAnalytics(
        long totalTokensIn,
        long totalTokensOut,

        @Schema(description = "Null without tasks") @Nullable
        Double avgTokensPerTask,

        @Schema(description = "Tokens in for each one out; null where none came out") @Nullable
        Double inputOutputRatio,

        @Schema(description = "By the model's name, those of the 200 that cost most")
        Map<String, TokensOfModel> byModel) {

    @Schema(name = "TokensOfModel")
    public record TokensOfModel(long tokensIn, long tokensOut) {}

    static TokenAnalytics of(TaskBlocks blocks) {
        var total = blocks.one(Block.TOTAL);
        return new TokenAnalytics(
                total.tokensIn(),
                total.tokensOut(),
                Ratios.average(total.tokensIn() + total.tokensOut(), total.tasks()),
                Ratios.average(total.tokensIn(), total.tokensOut()),
                byModel(blocks));
    }

    /** A name that several providers have for a model is one. */
    private static Map<String, TokensOfModel> byModel(TaskBlocks blocks) {
        return blocks.of(Block.MODEL).stream()
                .filter(sum -> !sum.other().isEmpty())
                .collect(Collectors.toMap(
                        TaskSum::other,
                        sum -> new TokensOfModel(sum.tokensIn(), sum.tokensOut()),
                        (one, other) -> new TokensOfModel(
                                one.tokensIn() + other.tokensIn(), one.tokensOut() + other.tokensOut()),
                        TreeMap::new));
    }
}
