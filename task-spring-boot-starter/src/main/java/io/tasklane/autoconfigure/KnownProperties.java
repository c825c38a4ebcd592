package io.tasklane.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/** The properties that exist below {@code tasklane}, for telling a user what a misspelt one may have been meant to be. */
final class KnownProperties {

    private static final String OWN_PACKAGE = KnownProperties.class.getPackageName();

    private KnownProperties() {}

    /**
     * Returns the existing property whose name is nearest.
     *
     * @param unknown a name below {@code tasklane} that does not exist
     * @return the nearest name; names of queues and containers are kept
     */
    static String nearest(ConfigurationPropertyName unknown) {
        List<String> names = new ArrayList<>();
        collect(names, "tasklane", ResolvableType.forClass(TasklaneProperties.class), unknown, 1);
        String wanted = unknown.toString();
        return names.stream()
                .min(Comparator.comparingInt(name -> EditDistance.between(wanted, name)))
                .orElseThrow();
    }

    private static void collect(
            List<String> names, String prefix, ResolvableType type, ConfigurationPropertyName unknown, int depth) {
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type.toClass())) {
            if (property.getReadMethod() == null || property.getName().equals("class")) {
                continue;
            }
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(property.getName());
            ResolvableType valueType = ResolvableType.forMethodReturnType(property.getReadMethod());
            if (Map.class.isAssignableFrom(valueType.toClass())) {
                String entry = element(unknown, depth + 1);
                if (entry != null && isGroup(valueType.asMap().getGeneric(1).toClass())) {
                    collect(names, name + "." + entry, valueType.asMap().getGeneric(1), unknown, depth + 2);
                } else if (entry != null) {
                    names.add(name + "." + entry);
                }
            } else if (List.class.isAssignableFrom(valueType.toClass())
                    && isGroup(valueType.asCollection().getGeneric(0).toClass())) {
                String index = element(unknown, depth + 1);
                collect(
                        names,
                        name + "[" + (index != null ? index : "0") + "]",
                        valueType.asCollection().getGeneric(0),
                        unknown,
                        depth + 2);
            } else if (isGroup(valueType.toClass())) {
                collect(names, name, valueType, unknown, depth + 1);
            } else {
                names.add(name);
            }
        }
    }

    private static @Nullable String element(ConfigurationPropertyName name, int index) {
        return index < name.getNumberOfElements() ? name.getElement(index, Form.ORIGINAL) : null;
    }

    private static boolean isGroup(Class<?> type) {
        return !type.isEnum() && type.getPackageName().equals(OWN_PACKAGE);
    }
}
