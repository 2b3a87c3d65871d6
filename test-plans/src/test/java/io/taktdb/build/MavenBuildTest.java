package io.taktdb.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The build is one Maven project of modules: what another language's workspace would be. */
class MavenBuildTest {
    private final Path home = Path.of(System.getProperty("taktdb.home"));

    private static Element parse(final Path file) {
        try {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (final ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** Text of the first child on a path of names, or null. */
    private static String text(final Element element, final String... names) {
        Element at = element;
        for (final String name : names) {
            final List<Element> found = children(at, name);
            if (found.isEmpty()) {
                return null;
            }
            at = found.get(0);
        }
        return at.getTextContent().strip();
    }

    private static List<Element> children(final Element element, final String name) {
        final List<Element> found = new ArrayList<>();
        final NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            final Node node = nodes.item(i);
            if (node instanceof Element child && child.getTagName().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }

    private Element root() {
        return parse(home.resolve("pom.xml"));
    }

    private List<String> modules() {
        final List<String> names = new ArrayList<>();
        children(children(root(), "modules").get(0), "module")
                .forEach(module -> names.add(module.getTextContent().strip()));
        return names;
    }

    @Test
    @Tag("mi_1:test_crate_directory_exists")
    @Tag("mi_1:test_cargo_toml_exists")
    @Tag("mi_1:test_src_directory_exists")
    @Tag("mi_1:test_cargo_toml_valid_toml")
    @Tag("mi_1:test_package_name_correct")
    @Tag("mi_1:test_workspace_membership")
    @Tag("mi_1:test_workspace_path_correct")
    @Tag("mi_1:test_no_duplicate_workspace_members")
    @Tag("mi_2:workspace_members_inclusion")
    void shouldListEveryModuleOnceAndHaveItsFolder() throws IOException {
        final List<String> modules = modules();
        assertEquals(modules.size(), new HashSet<>(modules).size(), "a module is listed twice");
        for (final String module : modules) {
            final Path folder = home.resolve(module);
            assertTrue(Files.isRegularFile(folder.resolve("pom.xml")), module);
            assertTrue(Files.isDirectory(folder.resolve("src")), module);
            assertEquals(folder.getFileName().toString(), text(parse(folder.resolve("pom.xml")), "artifactId"), module);
        }
        try (var folders = Files.walk(home, 2)) {
            final List<Path> unlisted = folders.filter(
                            file -> file.getFileName().toString().equals("pom.xml"))
                    .map(Path::getParent)
                    .filter(folder -> !folder.equals(home))
                    .filter(folder ->
                            !modules.contains(home.relativize(folder).toString().replace('\\', '/')))
                    .toList();
            assertEquals(List.of(), unlisted, "folders with a pom that no build reaches");
        }
    }

    @Test
    @Tag("mi_1:test_lib_rs_exists")
    void shouldSayWhatEveryModuleIsInItsRootPackage() throws IOException {
        for (final String module : modules()) {
            final Path sources = home.resolve(module).resolve("src");
            try (var files = Files.walk(sources)) {
                assertTrue(files.anyMatch(file -> file.getFileName().toString().equals("package-info.java")), module);
            }
        }
    }

    @Test
    @Tag("mi_1:test_package_version")
    @Tag("mi_1:test_description_present")
    @Tag("mi_1:test_license_present")
    @Tag("mi_1:test_edition_2021")
    @Tag("mi_1:test_build_targets")
    @Tag("mi_1:test_crate_type")
    @Tag("mi_2:workspace_inheritance")
    @Tag("mi_2:crate_metadata_consistency")
    void shouldInheritVersionLicenceAndLanguageLevel() {
        final Element root = root();
        final String version = text(root, "version");
        assertTrue(version.matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?"), version);
        assertEquals("17", text(root, "properties", "maven.compiler.release"));
        assertNotNull(text(root, "licenses", "license", "name"));
        assertTrue(Files.isRegularFile(home.resolve("LICENSE")));
        for (final String module : modules()) {
            final Element pom = parse(home.resolve(module).resolve("pom.xml"));
            assertEquals(text(root, "groupId"), text(pom, "parent", "groupId"), module);
            assertEquals(version, text(pom, "parent", "version"), module);
            assertNotNull(text(pom, "description"), module);
            final String packaging = text(pom, "packaging");
            assertTrue(packaging == null || packaging.equals("jar"), module);
        }
    }

    @Test
    @Tag("mi_1:test_no_dependencies_conflict")
    @Tag("mi_1:test_dependency_version_constraints")
    @Tag("mi_1:test_no_dev_dependencies_initially")
    @Tag("mi_2:crate_dependency_resolution")
    void shouldPinEveryVersionOnceInTheRoot() {
        final Set<String> modules = new HashSet<>();
        modules().forEach(module -> modules.add(Path.of(module).getFileName().toString()));
        final Set<String> managed = new HashSet<>();
        for (final Element one : children(
                children(children(root(), "dependencyManagement").get(0), "dependencies")
                        .get(0),
                "dependency")) {
            final String key = text(one, "groupId") + ":" + text(one, "artifactId") + ":" + text(one, "classifier");
            assertTrue(managed.add(key), () -> "pinned twice: " + key);
            final String version = text(one, "version");
            assertFalse(version.matches(".*[\\[(,].*"), () -> key + " has a range: " + version);
        }
        for (final String module : modules()) {
            for (final Element list : children(parse(home.resolve(module).resolve("pom.xml")), "dependencies")) {
                for (final Element one : children(list, "dependency")) {
                    final String name = text(one, "artifactId");
                    assertEquals(null, text(one, "version"), () -> module + " pins " + name + " itself");
                    if ("io.taktdb".equals(text(one, "groupId"))) {
                        assertTrue(modules.contains(name), () -> module + " needs " + name);
                    }
                    if (name.matches("junit-.*|jqwik|archunit.*")) {
                        assertEquals("test", text(one, "scope"), () -> module + ": " + name);
                    }
                }
            }
        }
    }

    @Test
    @Tag("mi_1:test_clippy_clean")
    void shouldTreatEveryWarningAsAnError() throws IOException {
        final String root = Files.readString(home.resolve("pom.xml"));
        assertTrue(root.contains("-Werror") && root.contains("-Xlint:all") && root.contains("ErrorProne"));
    }
}
