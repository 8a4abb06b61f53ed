package dev.maru.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final Set<String> FORBIDDEN_NAMES = Set.of("util", "common", "impl", "dto", "service", "manager");

    private static final JavaClasses MARU = MaruClasses.read();

    @Test
    void stompKnowsOnlyBuffers() {
        mayUseOnly("dev.maru.stomp..", "io.netty.buffer..", "io.netty.util..");
    }

    @Test
    void engineKnowsNoSpringNoSqlAndNoSockets() {
        mayUseOnly("dev.maru.engine..", "dev.maru.stomp..", "io.netty.buffer..", "io.netty.util..", "org.slf4j..");
        mayNotUse("dev.maru.engine..", "java.sql..", "javax.sql..", "java.net.http..");
    }

    @Test
    void testkitStandsOnEngineAndStomp() {
        mayUseOfMaru("dev.maru.testkit..", "dev.maru.engine..", "dev.maru.stomp..");
    }

    @Test
    void transportStandsOnEngineAndStompWithoutSpring() {
        mayUseOfMaru("dev.maru.transport..", "dev.maru.engine..", "dev.maru.stomp..");
        mayNotUse("dev.maru.transport..", "org.springframework..", "java.sql..", "javax.sql..");
    }

    @Test
    void storeStandsOnTheEngine() {
        mayUseOfMaru("dev.maru.store..", "dev.maru.engine..", "dev.maru.stomp..");
        mayNotUse("dev.maru.store..", "org.springframework.boot..", "org.springframework.context..");
    }

    @Test
    void adaptersOfBrokersStandOnTheEngineWithoutSpring() {
        for (String adapter : List.of(
                "dev.maru.cluster.redis..",
                "dev.maru.cluster.rabbitmq..",
                "dev.maru.cluster.kafka..",
                "dev.maru.cluster.jms..")) {
            mayUseOfMaru(adapter, "dev.maru.engine..", "dev.maru.stomp..");
            mayNotUse(adapter, "org.springframework..", "java.sql..", "javax.sql..");
        }
    }

    @Test
    void springStarterKnowsNoStoreAndNoChat() {
        mayUseOfMaru(
                "dev.maru.spring..",
                "dev.maru.transport..",
                "dev.maru.cluster..",
                "dev.maru.engine..",
                "dev.maru.stomp..");
    }

    @Test
    void conformanceStandsOnSpringStarterAlone() {
        mayUseOfMaru(
                "dev.maru.conformance..",
                "dev.maru.spring..",
                "dev.maru.transport..",
                "dev.maru.engine..",
                "dev.maru.stomp..");
    }

    @Test
    void nobodyStandsOnTheServers() {
        noClasses()
                .that(not(resideInAnyPackage("dev.maru.server..", "dev.maru.conformance..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.maru.server..", "dev.maru.conformance..")
                .check(MARU);
    }

    @Test
    void seesEveryModule() {
        assertThat(packages().map(name -> name.split("\\.")[2]))
                .contains(
                        "stomp", "engine", "testkit", "transport", "store", "spring", "chat", "conformance", "server");
    }

    @Test
    void chatStandsOnSpringStarterStoreAndEngine() {
        mayUseOfMaru(
                "dev.maru.chat..", "dev.maru.spring..", "dev.maru.store..", "dev.maru.engine..", "dev.maru.stomp..");
    }

    @Test
    void onlyWhatIsForServletApplicationsKnowsServlets() {
        noClasses()
                .that()
                .resideInAPackage("dev.maru..")
                .and()
                .resideOutsideOfPackage("dev.maru.spring.servlet")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.web.servlet..", "jakarta.servlet..")
                .check(MARU);
    }

    @Test
    void hasNoPackageCycles() {
        slices().matching("dev.maru.(**)").should().beFreeOfCycles().check(MARU);
    }

    @Test
    void namesPackagesAfterPartsOfTheProduct() {
        assertThat(packages())
                .noneSatisfy(name -> assertThat(name.split("\\.")).containsAnyElementsOf(FORBIDDEN_NAMES));
    }

    @Test
    void marksEveryPackageAsNullMarked() {
        assertThat(packages())
                .allSatisfy(name -> assertThat(MARU.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .as(name + " has a package-info.java with @NullMarked")
                        .isTrue());
    }

    private static Stream<String> packages() {
        return MARU.stream().map(type -> type.getPackageName()).distinct();
    }

    private static void mayUseOnly(String part, String... others) {
        classes()
                .that()
                .resideInAPackage(part)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(others).or(resideInAnyPackage(part, "java..", "org.jspecify.annotations..")))
                .check(MARU);
    }

    private static void mayUseOfMaru(String part, String... others) {
        noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.maru..")
                        .and(not(resideInAnyPackage(others)))
                        .and(not(resideInAPackage(part))))
                .check(MARU);
    }

    private static void mayNotUse(String part, String... others) {
        noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(MARU);
    }
}
