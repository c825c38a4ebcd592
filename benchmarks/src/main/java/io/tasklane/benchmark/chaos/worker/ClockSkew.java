package io.tasklane.benchmark.chaos.worker;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Sets the clock of a JVM wrong: an agent that lets every class outside the JDK, those of drivers and pools included, read the
 * methods of this class where it reads the time. The argument of the agent is how far the clock is ahead, such as {@code PT-1H}.
 */
public final class ClockSkew {

    private static final String NAME = Type.getInternalName(ClockSkew.class);

    /** Methods that tell the time, with what they become here; the descriptors are the same. */
    private static final Map<String, String> METHODS = Map.of(
            "java/lang/System.currentTimeMillis()J", "millis",
            "java/time/Instant.now()Ljava/time/Instant;", "instant",
            "java/time/Clock.systemUTC()Ljava/time/Clock;", "clock",
            "java/time/Clock.systemDefaultZone()Ljava/time/Clock;", "zonedClock",
            "java/time/InstantSource.system()Ljava/time/InstantSource;", "source");

    private static Duration offset = Duration.ZERO;

    private ClockSkew() {}

    /** Called before the main method. */
    public static void premain(String ahead, Instrumentation instrumentation) {
        offset = Duration.parse(ahead);
        instrumentation.addTransformer(new Transformer());
    }

    /** The time in milliseconds. */
    public static long millis() {
        return System.currentTimeMillis() + offset.toMillis();
    }

    /** The time. */
    public static Instant instant() {
        return Instant.now().plus(offset);
    }

    /** A clock in UTC. */
    public static Clock clock() {
        return Clock.offset(Clock.systemUTC(), offset);
    }

    /** A clock in the zone of the machine. */
    public static Clock zonedClock() {
        return Clock.offset(Clock.systemDefaultZone(), offset);
    }

    /** A source of the time. */
    public static InstantSource source() {
        return clock();
    }

    private static @Nullable String replacement(String owner, String name, String descriptor) {
        return METHODS.get(owner + "." + name + descriptor);
    }

    private static final class Transformer implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (loader == null || name.startsWith(NAME)) {
                return null;
            }
            ClassReader reader = new ClassReader(bytes);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new Visitor(writer), 0);
            return writer.toByteArray();
        }
    }

    private static final class Visitor extends ClassVisitor {

        private Visitor(ClassWriter writer) {
            super(SpringAsmInfo.ASM_VERSION, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor target = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(SpringAsmInfo.ASM_VERSION, target) {

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String descriptor, boolean inInterface) {
                    String own = opcode == Opcodes.INVOKESTATIC ? replacement(owner, name, descriptor) : null;
                    if (own != null) {
                        super.visitMethodInsn(opcode, NAME, own, descriptor, false);
                    } else {
                        super.visitMethodInsn(opcode, owner, name, descriptor, inInterface);
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String name, String descriptor, Handle bootstrap, Object... arguments) {
                    Object[] own = arguments.clone();
                    for (int i = 0; i < own.length; i++) {
                        if (own[i] instanceof Handle handle) {
                            own[i] = skewed(handle);
                        }
                    }
                    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, own);
                }
            };
        }

        private static Handle skewed(Handle handle) {
            String own = handle.getTag() == Opcodes.H_INVOKESTATIC
                    ? replacement(handle.getOwner(), handle.getName(), handle.getDesc())
                    : null;
            return own != null ? new Handle(Opcodes.H_INVOKESTATIC, NAME, own, handle.getDesc(), false) : handle;
        }
    }
}
