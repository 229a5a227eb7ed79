package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "sql",
        description = "Query the lake's tables.",
        footer = {"%nExample:", "  dougong sql \"select origin, count(*) from flight_delay.departures group by origin\""
        })
final class SqlCommand extends Command {

    @Parameters(paramLabel = "QUERY", description = "One SELECT.")
    @Nullable
    String query;

    @Override
    public Integer call() {
        JsonNode result = client().post(Client.path("sql"), object().put("query", query));
        return show(result, () -> print(result));
    }

    private void print(JsonNode result) {
        List<String> heads =
                result.path("columns").valueStream().map(JsonNode::asText).toList();
        List<List<String>> lines = new ArrayList<>();
        for (JsonNode row : result.path("rows")) {
            lines.add(row.valueStream().map(value -> Screen.cell("", value)).toList());
        }
        JsonNode first = result.path("rows").path(0);
        List<Boolean> right = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            right.add(first.path(i).isNumber());
        }
        screen().grid(heads, lines, right, "");
        screen().styled("@|faint " + lines.size() + " rows"
                + (result.path("truncated").asBoolean() ? ", more were cut off" : "") + "|@");
    }
}
