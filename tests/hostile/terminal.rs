//! Terminals: no name reaches them with a byte that commands.

use std::path::PathBuf;
use std::process::Output;

use crate::everywhere::write;
use crate::{lightfoot, names, page};

/// Sequences that retitle windows, clear, move, answer back, print, and pose as other lines.
const ESCAPES: &[&str] = &[
    "\u{1b}]0;owned\u{7}a",
    "\u{1b}[2Jb",
    "\u{1b}[31mc\u{1b}[0m",
    "\u{1b}]8;;http://example.org\u{1b}\\d\u{1b}]8;;\u{1b}\\",
    "\u{9b}31me",
    "f\rerror: gone",
    "g\nlightfoot: all is well",
    "h\u{8}\u{8}\u{8}i",
    "\u{1b}P$q\u{1b}\\j",
    "k\u{202e}tif.kk",
    "\tl\u{b}\u{c}m\u{7f}",
    "\u{1b}[6n\u{1b}cn",
];

/// Bytes that stay after our own styles are taken out.
pub fn commanding(output: &[u8]) -> Option<char> {
    let text = String::from_utf8(output.to_vec()).expect("output is UTF-8");
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        // A style of ours: ESC [ numbers m.
        if c == '\u{1b}' {
            let style = rest
                .strip_prefix('[')
                .and_then(|r| r.find('m').map(|end| (&r[..end], &r[end + 1..])));
            match style {
                Some((numbers, after))
                    if numbers.chars().all(|c| c.is_ascii_digit() || c == ';') =>
                {
                    rest = after;
                    continue;
                }
                _ => return Some(c),
            }
        }
        let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}');
        if (c.is_control() && c != '\n') || turns {
            return Some(c);
        }
    }
    None
}

fn check(what: &str, output: &Output, forbidden: &[&str]) {
    for stream in [&output.stdout, &output.stderr] {
        let text = String::from_utf8_lossy(stream);
        assert_eq!(commanding(stream), None, "{what}: {text:?}");
        for line in text.lines() {
            assert!(!forbidden.contains(&line), "{what} has a line that a name made: {line}");
        }
    }
}

#[test]
fn no_command_prints_what_commands() {
    let here = tempfile::tempdir().unwrap();
    let all = here.path().join("all");
    let runs = all.join("runs");
    let texts: Vec<String> = ESCAPES.iter().map(|e| (*e).to_owned()).collect();
    write(&all, &texts);
    names::write(&runs, &texts[..3]);
    std::fs::write(runs.join("\u{1b}[2Jbroken.fit"), b"\x0e\x10garbage").unwrap();
    std::fs::write(runs.join("\u{1b}[2J.\u{1b}[31m"), b"nothing").unwrap();
    std::fs::write(
        here.path().join("evil.toml"),
        "[runner]\nname = \"\\u001b]0;owned\\u0007Ada\"\n",
    )
    .unwrap();
    std::fs::write(here.path().join("wrong.toml"), "[runner]\n\"\\u001b[2Jkey\" = 1\n").unwrap();
    let one = |ending: &str| -> PathBuf {
        let entries = std::fs::read_dir(&runs).unwrap().map(|e| e.unwrap().path());
        let mut found: Vec<PathBuf> =
            entries.filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
        found.sort();
        found.swap_remove(0)
    };
    let mut commands: Vec<Vec<String>> = [
        vec!["report", "all"],
        vec!["report", "all", "--profile", "evil.toml", "-o", "-"],
        vec!["report", "all", "--profile", "wrong.toml"],
        vec!["report", "all", "--json"],
        vec!["report", "all", "--runs", "pages"],
        vec!["export", "all"],
        vec!["export", "all", "--format", "json"],
        vec!["export", "all", "--format", "ndjson"],
        vec!["explain", "\u{1b}]0;owned\u{7}"],
        vec!["report", "no\u{1b}[2Jthing"],
        vec!["show", "all"],
        vec!["report", "all", "--timings", "-o", "-"],
        vec!["before", "2024-02-05", "all"],
        vec!["before", "2024-02-05", "all", "--json"],
        vec!["compare", "all", "--at", "2024-01-20"],
        vec!["compare", "all", "--at", "2024-01-20", "--json"],
    ]
    .into_iter()
    .map(|words| words.into_iter().map(str::to_owned).collect())
    .collect();
    for ending in ["fit", "gpx", "tcx"] {
        let path = one(ending).to_str().unwrap().to_owned();
        for words in [
            vec!["show", &path],
            vec!["show", &path, "--history", "all/runs"],
            vec!["inspect", &path],
            vec!["inspect", "--all", &path],
            vec!["export", &path, "--gpx", "--keep-ends"],
            vec!["export", &path, "--gpx", "--part", "7"],
        ] {
            commands.push(words.into_iter().map(str::to_owned).collect());
        }
    }
    for words in &commands {
        for forced in ["1", "0"] {
            let run = lightfoot(here.path()).env("CLICOLOR_FORCE", forced).args(words).output();
            let output = run.unwrap();
            assert!(output.status.code().is_some(), "{words:?} was killed");
            check(&format!("{words:?}"), &output, &["error: gone", "lightfoot: all is well"]);
        }
    }
    let pages = std::fs::read_dir(here.path().join("pages")).unwrap();
    let pages: Vec<Vec<u8>> = pages.map(|e| std::fs::read(e.unwrap().path()).unwrap()).collect();
    assert!(pages.len() >= texts.len(), "{} pages of runs", pages.len());
    for html in pages {
        assert_eq!(commanding(&html), None);
        let seen = page::see(&String::from_utf8(html).unwrap());
        assert_eq!(seen.elements.get("script "), Some(&1));
        let on = |element: &&String| element.split(' ').any(|a| a.starts_with("on"));
        assert_eq!(seen.elements.keys().find(on), None);
    }
}
