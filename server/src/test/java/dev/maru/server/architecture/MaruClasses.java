package dev.maru.server.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** All that is compiled from this project's main sources; it must be on the class path of this module's tests. */
final class MaruClasses {

    private MaruClasses() {}

    static JavaClasses read() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.maru");
    }
}
