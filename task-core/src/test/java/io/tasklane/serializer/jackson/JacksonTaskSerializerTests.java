package io.tasklane.serializer.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.TaskPayloadException;
import io.tasklane.handler.TaskParameter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

class JacksonTaskSerializerTests {

    private final JacksonTaskSerializer serializer = new JacksonTaskSerializer(List.of(), 1000);

    @Test
    void d4_mapRecordAndInstantArriveEqual() {
        Map<String, Object> map = new HashMap<>(Map.of("to", "a@b.c", "count", 3, "nested", List.of("x", true, 1.5)));
        map.put("nothing", null);
        assertThat(roundTrip(
                        "mixed",
                        map,
                        new Order(7, new BigDecimal("1.10"), Status.PAID),
                        Instant.parse("2026-11-22T10:15:30.123456789Z")))
                .containsExactly(
                        map,
                        new Order(7, new BigDecimal("1.10"), Status.PAID),
                        Instant.parse("2026-11-22T10:15:30.123456789Z"));
    }

    @Test
    void elementsOfGenericTypesArriveAsDeclared() {
        List<Order> orders =
                List.of(new Order(1, BigDecimal.ONE, Status.NEW), new Order(2, BigDecimal.TEN, Status.PAID));
        Object[] read = roundTrip("generics", orders, Map.of(LocalDate.of(2026, 1, 2), orders));
        assertThat(read[0]).isEqualTo(orders);
        assertThat(((List<?>) read[0]).get(0)).isInstanceOf(Order.class);
        assertThat(read[1]).isEqualTo(Map.of(LocalDate.of(2026, 1, 2), orders));
    }

    @Test
    void datesAreIsoTextAndArriveEqual() {
        Object[] values = {
            LocalDate.of(2026, 11, 22),
            ZonedDateTime.parse("2026-11-22T10:15:30+01:00[Europe/Berlin]"),
            Duration.ofMinutes(90),
            YearMonth.of(2026, 11)
        };
        assertThat(write("dates", values))
                .isEqualTo("{\"day\":\"2026-11-22\",\"moment\":\"2026-11-22T10:15:30+01:00[Europe/Berlin]\","
                        + "\"length\":\"PT1H30M\",\"month\":\"2026-11\"}");
        assertThat(roundTrip("dates", values)).containsExactly(values);
    }

    @Test
    void optionalsEnumsNullsArraysAndPrimitivesArriveEqual() {
        UUID id = UUID.randomUUID();
        Object[] read = roundTrip(
                "various", Optional.of("x"), OptionalInt.of(3), TimeUnit.DAYS, null, new long[] {1, 2}, 'c', id);
        assertThat(read[0]).isEqualTo(Optional.of("x"));
        assertThat(read[1]).isEqualTo(OptionalInt.of(3));
        assertThat(read[2]).isEqualTo(TimeUnit.DAYS);
        assertThat(read[3]).isNull();
        assertThat((long[]) read[4]).containsExactly(1, 2);
        assertThat(read[5]).isEqualTo('c');
        assertThat(read[6]).isEqualTo(id);
    }

    @Test
    void subtypesWithDeclaredNamesArriveAsWhatTheyWere() {
        List<Shape> shapes = List.of(new Circle(2), new Square(3));
        String payload = write("shapes", shapes, new Circle(1));
        assertThat(payload).contains("\"kind\":\"circle\"").doesNotContain("io.tasklane");
        assertThat(read("shapes", payload)).containsExactly(shapes, new Circle(1));
    }

    @Test
    void r8_classNameInThePayloadStaysPlainData() {
        String gadget =
                "{\"value\":{\"@class\":\"java.io.File\",\"path\":\"/etc\"},\"map\":{\"@class\":\"java.io.File\"}}";
        Object[] read = read("untyped", gadget);
        assertThat(read[0]).isEqualTo(Map.of("@class", "java.io.File", "path", "/etc"));
        assertThat(read[1]).isEqualTo(Map.of("@class", "java.io.File"));
    }

    @Test
    void r8_classNameInThePayloadIsNotFollowedEvenWhereTheTypeAsksForIt() {
        String payload = "{\"animal\":{\"@class\":\"%s\",\"name\":\"x\"}}".formatted(Dog.class.getName());
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read("animal", payload))
                .withMessageContaining("'animal'");
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> write("animal", new Dog("x")))
                .withMessageContaining("'animal'")
                .withMessageContaining("Id.NAME");
    }

    @Test
    void missingNameReadsAsNullOrDefaultAndUnknownNameIsIgnored() {
        assertThat(read("evolved", "{\"gone\":{\"a\":[1,2]},\"text\":\"x\"}"))
                .containsExactly("x", 0, false, null, Optional.empty());
        assertThat(read("evolved", "{\"count\":null}")).containsExactly(null, 0, false, null, Optional.empty());
    }

    @Test
    void unknownPropertyInsideARecordIsIgnored() {
        assertThat(read("one", "{\"order\":{\"id\":7,\"legacy\":true}}")).containsExactly(new Order(7, null, null));
    }

    @Test
    void injectedParameterIsNoPayload() {
        assertThat(write("injected", "x", null)).isEqualTo("{\"text\":\"x\"}");
        assertThat(read("injected", "{\"text\":\"x\",\"context\":{}}")).containsExactly("x", null);
    }

    @Test
    void argumentsByNameAreWrittenByTheirOwnTypes() {
        Map<String, @Nullable Object> arguments = new java.util.LinkedHashMap<>();
        arguments.put("order", new Order(7, null, Status.NEW));
        arguments.put("none", null);
        assertThat(this.serializer.write("t", arguments))
                .isEqualTo("{\"order\":{\"id\":7,\"amount\":null,\"status\":\"NEW\"},\"none\":null}");
    }

    @Test
    void recordWithoutComponentsIsAValue() {
        assertThat(roundTrip("signal", new Signal())).containsExactly(new Signal());
    }

    @Test
    void d4_argumentThatCannotBeWrittenNamesTaskAndParameter() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> write("untyped", new Object(), Map.of()))
                .withMessageContaining("'value'")
                .withMessageContaining("'untyped'");
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> write("untyped", "fine", Map.of("x", new Broken())))
                .withMessageContaining("'map'")
                .withMessageContaining("no luck");
    }

    @Test
    void argumentThatContainsItselfIsRefused() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        JacksonTaskSerializer large = new JacksonTaskSerializer(List.of(), 1_000_000);
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> large.write("untyped", parameters("untyped"), new Object[] {loop, null}))
                .withMessageContaining("'value'");
    }

    @Test
    void payloadOverTheLimitNamesTheArgumentThatExceedsIt() {
        String rest = "{\"text\":\"\",\"context\":\"\"}";
        assertThat(write("two", "x".repeat(1000 - rest.length()), "")).hasSize(1000);
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> write("two", "x".repeat(1000 - rest.length()), "y"))
                .withMessageContaining("1000 bytes");
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> write("two", "x", "y".repeat(1000)))
                .withMessageContaining("'context'")
                .withMessageContaining("'two'")
                .withMessageContaining("1000 bytes");
    }

    @Test
    void limitCountsBytesAndNotCharacters() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> write("two", "\u20ac".repeat(400), ""))
                .withMessageContaining("'text'");
        assertThat(roundTrip("two", "\u20ac\ud83d\ude00\u0000", "")).containsExactly("\u20ac\ud83d\ude00\u0000", "");
    }

    @Test
    void unreadablePayloadNamesTaskAndParameter() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read("one", "{\"order\":\"seven\"}"))
                .withMessageContaining("'order'")
                .withMessageContaining("'one'")
                .withMessageContaining("Order");
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read("dates", "{\"day\":\"soon\"}"))
                .withMessageContaining("'day'");
        for (String broken : List.of("", "[]", "null", "{\"day\":", "{} {}", "nonsense")) {
            assertThatExceptionOfType(TaskPayloadException.class)
                    .as(broken)
                    .isThrownBy(() -> read("dates", broken))
                    .withMessageContaining("'dates'");
        }
    }

    @Test
    void r10_resultArrivesAsDeclared() throws Exception {
        Type orders =
                getClass().getDeclaredMethod("generics", List.class, Map.class).getGenericParameterTypes()[0];
        List<Order> value = List.of(new Order(1, new BigDecimal("2.50"), Status.PAID));
        String stored = this.serializer.writeResult("t", orders, value);
        assertThat(this.serializer.readResult("t", orders, stored)).isEqualTo(value);
        assertThat(this.serializer.readResult(
                        "t", String.class, this.serializer.writeResult("t", String.class, "Email sent")))
                .isEqualTo("Email sent");
        assertThat(this.serializer.readResult("t", String.class, this.serializer.writeResult("t", String.class, null)))
                .isNull();
        assertThat(this.serializer.readResult("t", Object.class, "{\"a\":[1]}")).isEqualTo(Map.of("a", List.of(1)));
    }

    @Test
    void resultThatCannotBeWrittenOrReadNamesTheTask() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> this.serializer.writeResult("t", Object.class, new Object()))
                .withMessageContaining("result of task 't'");
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> this.serializer.writeResult("t", String.class, "x".repeat(1001)))
                .withMessageContaining("1000 bytes");
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> this.serializer.readResult("t", Order.class, "3"))
                .withMessageContaining("result of task 't'");
    }

    @Test
    void modulesOfTheApplicationApply() throws Exception {
        SimpleModule module = new SimpleModule("host");
        module.addSerializer(Status.class, new ValueSerializer<>() {
            @Override
            public void serialize(Status value, JsonGenerator generator, SerializationContext context) {
                generator.writeString("S-" + value);
            }
        });
        JacksonTaskSerializer withModule = new JacksonTaskSerializer(List.of(module), 1000);
        assertThat(withModule.writeResult("t", Status.class, Status.PAID)).isEqualTo("\"S-PAID\"");
    }

    @Test
    void idsOfTasksAreStringsInJson() {
        TaskId id = new TaskId(9_007_199_254_740_993L);
        assertThat(write("ids", id, Map.of(id, "last")))
                .isEqualTo("{\"id\":\"9007199254740993\",\"byId\":{\"9007199254740993\":\"last\"}}");
        assertThat(roundTrip("ids", id, Map.of(id, "last"))).containsExactly(id, Map.of(id, "last"));
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read("ids", "{\"id\":\"x\"}"))
                .withMessageContaining("Argument 'id'")
                .withMessageContaining("'x'");
    }

    @Test
    void whatCanBeWrittenCanBeRead() {
        JacksonTaskSerializer large = new JacksonTaskSerializer(List.of(), 1_000_000);
        BigInteger number = BigInteger.TEN.pow(2_000);
        Map<String, String> longName = Map.of("x".repeat(60_000), "value");
        List<TaskParameter> parameters = parameters("large");
        String payload = large.write("large", parameters, new Object[] {number, longName});
        assertThat(large.read("large", parameters, payload)).containsExactly(number, longName);
    }

    @Test
    void typesThatCouldBeWrittenButNeverReadAreTold() {
        assertThat(problems("unreadable"))
                .satisfiesExactly(
                        shape -> assertThat(shape).contains("Figure is abstract", "@JsonSubTypes"),
                        list -> assertThat(list).contains("Figure is abstract"),
                        map -> assertThat(map).contains("Figure is abstract"),
                        keys -> assertThat(keys).contains("Order"),
                        optional -> assertThat(optional).contains("Figure is abstract"),
                        closed -> assertThat(closed).contains("Closed has neither", "@JsonCreator"),
                        animal -> assertThat(animal).contains("@JsonTypeInfo"));
        for (String method : List.of(
                "mixed", "generics", "dates", "various", "shapes", "untyped", "evolved", "two", "signal", "ids")) {
            assertThat(problems(method)).as(method).isNotEmpty().containsOnlyNulls();
        }
    }

    private List<@Nullable String> problems(String method) {
        return parameters(method).stream()
                .map(parameter -> this.serializer.problem(parameter.type()))
                .toList();
    }

    @Test
    void limitMustBePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JacksonTaskSerializer(List.of(), 0));
    }

    private Object[] roundTrip(String method, @Nullable Object... arguments) {
        return read(method, write(method, arguments));
    }

    private String write(String method, @Nullable Object... arguments) {
        return this.serializer.write(method, parameters(method), arguments);
    }

    private Object[] read(String method, String payload) {
        return this.serializer.read(method, parameters(method), payload);
    }

    private static List<TaskParameter> parameters(String name) {
        Method method = Arrays.stream(JacksonTaskSerializerTests.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(method.getParameters())
                .map(parameter -> new TaskParameter(
                        parameter.getName(),
                        parameter.getParameterizedType(),
                        parameter.getType() == TaskContext.class))
                .toList();
    }

    void ids(TaskId id, Map<TaskId, String> byId) {}

    void large(BigInteger number, Map<String, String> names) {}

    void unreadable(
            Figure figure,
            List<Figure> figures,
            Map<String, Figure> byName,
            Map<Order, String> byOrder,
            Optional<Figure> optional,
            Closed closed,
            Animal animal) {}

    interface Figure {

        int corners();
    }

    /** Can be written by its getter. */
    static class Closed {

        private final int value;

        private Closed(int value, int unused) {
            this.value = value + unused;
        }

        static Closed of(int value) {
            return new Closed(value, 0);
        }

        public int getValue() {
            return this.value;
        }
    }

    void mixed(Map<String, Object> map, Order order, Instant instant) {}

    void generics(List<Order> orders, Map<LocalDate, List<Order>> byDay) {}

    void dates(LocalDate day, ZonedDateTime moment, Duration length, YearMonth month) {}

    void various(
            Optional<String> text, OptionalInt number, TimeUnit unit, String none, long[] ids, char letter, UUID id) {}

    void shapes(List<Shape> shapes, Shape shape) {}

    void untyped(Object value, Map<String, Object> map) {}

    void animal(Animal animal) {}

    void evolved(String text, int count, boolean flag, Order order, Optional<String> more) {}

    void one(Order order) {}

    void two(String text, String context) {}

    void injected(String text, TaskContext context) {}

    void signal(Signal signal) {}

    enum Status {
        NEW,
        PAID
    }

    record Order(long id, BigDecimal amount, Status status) {}

    record Signal() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    interface Shape {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Animal {}

    record Dog(String name) implements Animal {}

    static class Broken {

        public String getValue() throws IOException {
            throw new IOException("no luck");
        }
    }
}
