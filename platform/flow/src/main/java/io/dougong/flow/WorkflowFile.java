package io.dougong.flow;

import io.dougong.documents.Fault;
import io.dougong.documents.Faults;
import io.dougong.documents.JsonSchema;
import io.dougong.documents.Node;
import io.dougong.documents.Shape;
import io.dougong.documents.ShapeCheck;
import io.dougong.documents.YamlTree;
import io.dougong.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Workflows as files: reading with every mistake at its line and column, checking those written in Java, the JSON Schema. */
public final class WorkflowFile {

    private static final YamlTree.Kind KIND = new YamlTree.Kind("workflow", "Start with 'workflow: <name>'.");
    private static final String SCHEMA_ID = "https://dougong.io/schema/workflow.schema.json";

    private final Map<String, StepKind> kinds;
    private final Shape shape;
    private final List<Shape.Lazy> definitions;

    /** @param kinds the kinds of work that steps may be of */
    public WorkflowFile(Collection<StepKind> kinds) {
        this.kinds = StepKind.byName(List.copyOf(kinds));
        WorkflowGrammar grammar = new WorkflowGrammar(this.kinds.values());
        this.shape = grammar.workflow();
        this.definitions = List.of(grammar.step());
    }

    /** @throws FlowProblem.Faulty with every mistake */
    public Workflow read(byte[] yaml) {
        Faults faults = new Faults();
        return YamlTree.read(yaml, KIND, faults)
                .map(document -> checked(document, faults))
                .filter(_ -> faults.isEmpty())
                .orElseThrow(() -> FlowProblem.faulty("workflow", faults.sorted()));
    }

    /** Every mistake of a workflow written in Java; empty if it is sound. */
    public List<Fault> check(Workflow workflow) {
        Faults faults = new Faults();
        Workflow _ = checked(Node.of("", WorkflowTree.of(workflow)), faults);
        return faults.sorted();
    }

    private Workflow checked(Node document, Faults faults) {
        faults.locate(document);
        new ShapeCheck(faults, WorkflowFile::isOpen).check(document, shape);
        return new WorkflowReader(kinds, faults).read(Node.map(document));
    }

    /** Texts with holes are what they are only once they are filled in. */
    private static boolean isOpen(Node node) {
        return node instanceof Node.Value value && value.value() instanceof String text && Expressions.isOpen(text);
    }

    /** A workflow that a journal keeps. */
    static Workflow recorded(String json) {
        Node document = Node.of("", Values.of(Json.tree(json.getBytes(StandardCharsets.UTF_8))));
        return new WorkflowReader(Map.of(), new Faults()).read(Node.map(document));
    }

    /** The JSON Schema (draft 2020-12) of workflow files, for editors. */
    public byte[] schema() {
        Map<String, Object> schema = JsonSchema.document(SCHEMA_ID, "A Dougong workflow", shape, definitions);
        return (Json.mapper().valueToTree(schema).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
