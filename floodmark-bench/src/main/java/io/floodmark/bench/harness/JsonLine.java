package io.floodmark.bench.harness;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The JSON line of a result.
///
/// ```
/// {"name", "value", "unit", "ratio", "target", "spread": [min, max], "ok",
///  "runs", "valid", "details": {}, "machine": {"cores", "cpu", "os", "jdk", "load"}}
/// ```
///
/// `value` and `ratio` are medians over the rounds; `spread` is in the unit of the ratio, and in
/// that of the value where `ratio` is null.
final class JsonLine {

    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            new JsonFactoryBuilder()
                                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                                    .build())
                    .build();

    private JsonLine() {}

    static String of(Result result, Machine machine) {
        ObjectNode line = JSON.createObjectNode();
        line.put("name", result.name());
        line.put("value", Digits.of(result.values().median()));
        line.put("unit", result.unit());
        result.ratios()
                .ifPresentOrElse(
                        ratios -> line.put("ratio", Digits.of(ratios.median())),
                        () -> line.putNull("ratio"));
        line.put("target", result.target().text());
        line.putArray("spread")
                .add(Digits.of(result.spreadOver().min()))
                .add(Digits.of(result.spreadOver().max()));
        line.put("ok", result.ok());
        line.put("runs", result.values().values().size());
        line.put("valid", result.valid());
        ObjectNode details = line.putObject("details");
        result.details().forEach((name, number) -> details.put(name, Digits.of(number)));
        line.set("machine", machine(machine));
        return write(line);
    }

    private static ObjectNode machine(Machine machine) {
        return JSON.createObjectNode()
                .put("cores", machine.cores())
                .put("cpu", machine.cpu())
                .put("os", machine.os())
                .put("jdk", machine.jdk())
                .put("load", Digits.of(machine.load()));
    }

    private static String write(ObjectNode line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts is always writable", e);
        }
    }
}
