package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationMetadataTests {

    @Test
    void n17_everyPropertyIsDescribedForEditors() throws IOException {
        assertThat(properties())
                .hasSizeGreaterThan(20)
                .allSatisfy((name, property) -> assertThat(
                                property.path("description").asString(""))
                        .as(name)
                        .endsWith("."));
    }

    @Test
    void n17_theDefaultsThatEditorsShowAreTheRealOnes() throws IOException {
        Map<String, Object> defaults = new TreeMap<>();
        properties().forEach((name, property) -> {
            JsonNode value = property.path("defaultValue");
            if (!value.isMissingNode()) {
                defaults.put(name, value.isArray() ? value.get(0).asString() : value.asString());
            } else {
                assertThat(name)
                        .isIn(
                                "tasklane.queues",
                                "tasklane.tasks",
                                "tasklane.routes",
                                "tasklane.worker.containers",
                                "tasklane.worker.tags",
                                "tasklane.health.queues");
            }
        });

        TasklaneProperties shown = new Binder(new MapConfigurationPropertySource(defaults))
                .bind("tasklane", Bindable.of(TasklaneProperties.class))
                .get();

        assertThat(shown).usingRecursiveComparison().isEqualTo(new TasklaneProperties());
    }

    private static Map<String, JsonNode> properties() throws IOException {
        try (InputStream metadata =
                TasklaneProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            Map<String, JsonNode> properties = new TreeMap<>();
            for (JsonNode property : new JsonMapper().readTree(metadata).path("properties")) {
                String name = property.path("name").asString();
                if (name.startsWith("tasklane.")) {
                    properties.put(name, property);
                }
            }
            return properties;
        }
    }
}
