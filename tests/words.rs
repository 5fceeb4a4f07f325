//! What may reach a reader: no text of the program or its documents diagnoses, promises or
//! frightens. The words are those of the medical-device border; the exceptions are named.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::fs;
use std::path::{Path, PathBuf};

use lightfoot::education::INTENDED_PURPOSE;
use lightfoot::references::{SOURCES, Source};

/// Word beginnings that no text may contain, and what to say instead.
const FORBIDDEN: &[(&str, &str)] = &[
    ("diagnos", "describe what was recorded"),
    ("prevent", "associated in studies with"),
    ("treat ", "modelled load, exposure"),
    ("treats ", "modelled load, exposure"),
    ("treating", "modelled load, exposure"),
    ("treatment", "modelled load, exposure"),
    ("cure ", "nothing: it promises"),
    ("cures ", "nothing: it promises"),
    ("cured", "nothing: it promises"),
    ("safe to run", "consider discussing"),
    ("cleared to", "consider discussing"),
    ("cleared for", "consider discussing"),
    ("risk score", "exposure, higher than your usual"),
    ("injury risk", "exposure, higher than your usual"),
    ("abnormal gait", "different from your usual"),
    ("abnormal running", "different from your usual"),
    ("causes injur", "associated in studies with"),
    ("cause injur", "associated in studies with"),
    ("causes pain", "associated in studies with"),
    ("injury-free", "nothing: it promises"),
    ("guarantee", "nothing: it promises"),
];

/// Verbs that are forbidden only with a condition as their object.
const VERBS: &[&str] = &["detect", "predict"];
/// Conditions in that sense.
const CONDITIONS: &[&str] =
    &["injur", "knee", "itb", "pain", "patello", "tendin", "arthr", "fracture", "disease"];

/// Texts that may say such words: a key, and what the text begins with.
const ALLOWED: &[(&str, &str)] =
    &[("intended purpose", "Describes running form and training exposure")];

/// Sources whose titles say such words; titles are quoted as they are.
const ALLOWED_TITLES: &[&str] = &["vanmechelen1993"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, into);
        } else if path.extension().is_some_and(|e| e == extension) {
            into.push(path);
        }
    }
}

/// String literals of Rust code with their line, and the `///` lines where they are help text.
fn literals(code: &str, with_docs: bool) -> Vec<(usize, String)> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let chars: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < chars.len() {
        let rest = |n: usize| chars.get(i + n).copied();
        match (chars[i], rest(1)) {
            ('\n', _) => line += 1,
            ('/', Some('/')) => {
                let end = chars[i..].iter().position(|c| *c == '\n').map_or(chars.len(), |n| i + n);
                let text: String = chars[i..end].iter().collect();
                if with_docs && text.starts_with("///") {
                    found.push((line, text[3..].trim().to_owned()));
                }
                i = end;
                continue;
            }
            ('\'', Some('\\')) => i += 2,
            ('\'', Some(_)) if rest(2) == Some('\'') => i += 2,
            ('r', Some('"' | '#')) if i == 0 || !chars[i - 1].is_alphanumeric() => {
                let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
                if rest(1 + hashes) == Some('"') {
                    let end: String =
                        std::iter::once('"').chain("#".repeat(hashes).chars()).collect();
                    let body: String = chars[i + 2 + hashes..].iter().collect();
                    let length = body.find(&end).unwrap_or(body.len());
                    let text = body[..length].to_owned();
                    i += 2 + hashes + text.chars().count() + end.len();
                    let lines = text.matches('\n').count();
                    found.push((line, text));
                    line += lines;
                    continue;
                }
            }
            ('"', _) => {
                let begun = line;
                let mut text = String::new();
                i += 1;
                while i < chars.len() && chars[i] != '"' {
                    if chars[i] == '\\' {
                        i += 1;
                        if chars.get(i) == Some(&'\n') {
                            line += 1;
                            while chars.get(i + 1).is_some_and(|c| c.is_whitespace()) {
                                i += 1;
                                line += usize::from(chars[i] == '\n');
                            }
                        } else {
                            text.push(' ');
                        }
                    } else {
                        line += usize::from(chars[i] == '\n');
                        text.push(chars[i]);
                    }
                    i += 1;
                }
                found.push((begun, text));
            }
            _ => {}
        }
        i += 1;
    }
    found
}

/// What is wrong with a text, if anything.
fn complaint(text: &str) -> Option<String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = flat.trim_start_matches("> ");
    if ALLOWED.iter().any(|(_, beginning)| plain.starts_with(beginning)) {
        return None;
    }
    let low = format!("{} ", flat.to_lowercase());
    for (word, instead) in FORBIDDEN {
        if at_word_start(&low, word) {
            return Some(format!("says \"{}\"; say instead: {instead}", word.trim()));
        }
    }
    for verb in VERBS {
        for sentence in low.split(['.', ';', '!', '?']) {
            let Some(at) = sentence.find(verb) else { continue };
            let object: String =
                sentence[at..].split_whitespace().take(6).collect::<Vec<_>>().join(" ");
            if let Some(condition) = CONDITIONS.iter().find(|c| at_word_start(&object, c)) {
                return Some(format!("says \"{verb}\" of \"{condition}\""));
            }
        }
    }
    None
}

fn at_word_start(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

#[test]
fn no_printed_string_diagnoses_or_promises() {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "the sources were not found");
    let mut wrong = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        // Titles of sources are quoted as they are.
        if name.ends_with("references.rs") {
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        for (line, text) in literals(&code, name.contains("cli/args")) {
            if let Some(why) = complaint(&text) {
                wrong.push(format!("{name}:{line} {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_titles_that_are_named_here_may_say_such_words() {
    let told = |s: &Source| complaint(s.title).or_else(|| complaint(s.published)).is_some();
    let loud: Vec<&str> = SOURCES.iter().filter(|s| told(s)).map(|s| s.key).collect();
    assert_eq!(loud, ALLOWED_TITLES);
}

#[test]
fn the_purpose_stands_in_the_readme_and_the_help_as_it_is() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let words =
        |text: &str| text.replace("> ", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&readme).contains(INTENDED_PURPOSE), "README.md");
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_lightfoot")).arg("--help").output();
    let help = String::from_utf8(help.unwrap().stdout).unwrap();
    assert!(words(&help).contains(INTENDED_PURPOSE), "{help}");
}

#[test]
fn no_document_diagnoses_or_promises() {
    let mut paths = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    files(&root().join("docs"), "md", &mut paths);
    files(&root().join("samples"), "md", &mut paths);
    let mut wrong = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        for paragraph in text.split("\n\n") {
            if let Some(why) = complaint(paragraph) {
                wrong.push(format!("{} {why}: {paragraph}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_lint_hears_what_it_should_and_no_more() {
    for bad in [
        "This prevents knee pain.",
        "We diagnose\n overstriding",
        "lightfoot detects runner's knee early",
        "it predicts an injury",
        "Your injury risk score",
        "You are cleared to run",
    ] {
        assert!(complaint(bad).is_some(), "{bad}");
    }
    for good in [
        "treadmill",
        "a turn-back is detected by its shape",
        "secured",
        "the pause was cleared",
        "a device that cannot detect steps; knee lift is not measured",
    ] {
        assert_eq!(complaint(good), None, "{good}");
    }
    let code =
        "// \"prevents\"\nlet a = 'x'; let b = \"one\\\n   two\"; let c = r#\"three \"q\"\"#;";
    let texts: Vec<String> = literals(code, false).into_iter().map(|(_, t)| t).collect();
    assert_eq!(texts, ["onetwo", "three \"q\""]);
}
