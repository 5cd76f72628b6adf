package io.parley.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * {@code docs/asyncapi.yaml}, held against what goes over the wire: what a message may have is what it says and nothing else.
 * Confined to one thread.
 */
final class WireDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode document;
    private final Map<String, JsonSchema> messages = new TreeMap<>();
    private final Set<String> met = new TreeSet<>();

    private WireDocument(JsonNode document) {
        this.document = document;
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        JsonNode components = document.get("components").deepCopy();
        closed(components);
        components.get("messages").fieldNames().forEachRemaining(name -> {
            ObjectNode root = MAPPER.createObjectNode();
            root.put("$ref", "#/components/messages/" + name + "/payload");
            root.set("components", components);
            messages.put(name, factory.getSchema(root));
        });
    }

    static WireDocument read(Path file) throws IOException {
        Object loaded = new Yaml().load(Files.readString(file));
        return new WireDocument(MAPPER.valueToTree(loaded));
    }

    /** Notes that a message was met, which must be as it is described. */
    void meets(String name, JsonNode payload) {
        JsonSchema schema = messages.get(name);
        if (schema == null) {
            throw new AssertionError("no message " + name + " is described, but there was " + payload);
        }
        Set<ValidationMessage> complaints = schema.validate(payload);
        if (!complaints.isEmpty()) {
            throw new AssertionError(name + " is not as it is described: " + complaints + " in " + payload);
        }
        met.add(name);
    }

    /** Whether a message is as it is described. */
    boolean fits(String name, JsonNode payload) {
        JsonSchema schema = messages.get(name);
        return schema != null && schema.validate(payload).isEmpty();
    }

    static JsonNode json(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    static JsonNode text(String text) {
        return MAPPER.getNodeFactory().textNode(text);
    }

    Set<String> described() {
        return new TreeSet<>(messages.keySet());
    }

    Set<String> met() {
        return met;
    }

    /** The names of the messages of a channel. */
    Set<String> channel(String name) {
        return names(document.at("/channels/" + name + "/messages"));
    }

    /** The messages that some operation has, or its reply. */
    Set<String> ofOperations() {
        return document.findValues("$ref").stream()
                .map(JsonNode::asText)
                .filter(ref -> ref.startsWith("#/channels/") && ref.contains("/messages/"))
                .map(ref -> ref.substring(ref.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> closeCodes() {
        return names(document.get("x-close-codes"));
    }

    Set<String> errorCodes() {
        Set<String> codes = new TreeSet<>();
        document.at("/components/schemas/error/properties/code/enum").forEach(code -> codes.add(code.asText()));
        return codes;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Clients shall bear further fields; the server shall have none that are not described. */
    private static void closed(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.has("properties")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(WireDocument::closed);
    }
}
