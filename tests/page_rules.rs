//! The rules of the page: plain words first, each caveat once, nothing loaded, nothing smuggled in,
//! readable by everyone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod page_fixture;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use lightfoot::education::{INTENDED_PURPOSE, red_flags};
use lightfoot::report::html::render;
use lightfoot::settings::{Display, Units};
use page_fixture::{Plan, report};

fn page(plan: &Plan) -> String {
    render(&report(plan))
}

fn all_plans() -> Vec<Plan> {
    let plan = Plan::default;
    vec![
        plan(),
        Plan { runs: 0, ..plan() },
        Plan { runs: 1, ..plan() },
        Plan { runs: 3, ..plan() },
        Plan { runs: 12, ..plan() },
        Plan { runs: 400, ..plan() },
        Plan { cadence: false, ..plan() },
        Plan { altitude: false, side: false, ..plan() },
        Plan { pain: true, ..plan() },
        Plan { noted: false, ..plan() },
    ]
}

/// The page without an element's content: style sheets, pictures.
fn without(html: &str, open: &str, close: &str) -> String {
    let mut rest = html;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        rest = after.split_once(close).map_or("", |(_, tail)| tail);
    }
    out + rest
}

/// Text of a page, one line for each block.
fn text(html: &str) -> String {
    let html = without(&without(html, "<style", "</style>"), "<svg", "</svg>");
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let (tag, tail) = after.split_once('>').unwrap_or(("", ""));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or("");
        if !["b", "a", "span", "i"].contains(&name) {
            out.push('\n');
        }
        rest = tail;
    }
    out
}

fn sentences(text: &str) -> Vec<String> {
    let blocks = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let parts = blocks.flat_map(|l| l.split_inclusive(['.', '?', '!']).map(str::to_owned));
    let mut whole: Vec<String> = Vec::new();
    for part in parts {
        // A decimal point ends no sentence.
        let open = whole.last().is_some_and(|w: &String| {
            w.ends_with('.') && w.chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit())
        }) && part.starts_with(|c: char| c.is_ascii_digit());
        match whole.last_mut() {
            Some(last) if open => last.push_str(&part),
            _ => whole.push(part.trim().to_owned()),
        }
    }
    whole
}

/// What a reader meets before the first picture.
fn above_the_first_chart(html: &str) -> String {
    let body = html.split_once("<body").map_or("", |b| b.1);
    // A page without any picture is measured down to its table of runs.
    let end = body.find("<svg").or_else(|| body.find("<section id=\"runs\""));
    text(body.get(..end.unwrap_or(body.len())).unwrap_or_default())
}

#[test]
fn above_the_first_chart_words_are_plain() {
    for plan in all_plans() {
        let above = above_the_first_chart(&page(&plan));
        for sentence in sentences(&above) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 20, "{words} words: {sentence}");
        }
        for word in ["CI", "coverage", "epoch", "proxy", "n ="] {
            let found = above.split(|c: char| !c.is_alphanumeric() && c != '=' && c != ' ');
            assert!(
                !found.into_iter().any(|w| w.trim() == word || w.contains(" n = ")),
                "{word} stands above the first chart"
            );
        }
    }
}

#[test]
fn each_caveat_is_said_once() {
    for plan in all_plans() {
        // Definitions of metrics may share words; they are one fold each and closed.
        let html = page(&plan);
        let html = without(&html, "<section id=\"method\"", "</section>");
        let html = without(&html, "<table", "</table>");
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for sentence in sentences(&text(&html)) {
            if sentence.split_whitespace().count() >= 7 {
                *seen.entry(sentence).or_default() += 1;
            }
        }
        let twice: Vec<_> = seen.iter().filter(|(_, n)| **n > 1).collect();
        assert!(twice.is_empty(), "{} runs: {twice:?}", plan.runs);
    }
}

#[test]
fn nothing_is_loaded_and_nothing_runs_but_our_own_script() {
    let html = page(&Plan::default());
    let own = include_str!("../src/report/html/script.js");
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains(&format!("<script>{own}</script>")));
    // It makes no markup of text, stores no more than a theme, and asks nobody for anything.
    for needle in [
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "eval(",
        "Function(",
        "fetch",
        "XMLHttp",
        "import",
    ] {
        assert!(!own.contains(needle), "{needle}");
    }
    for needle in
        ["<link", "<img", "<iframe", "<object", "<embed", "@import", "url(", " src=", "srcset"]
    {
        assert!(!html.contains(needle), "{needle}");
    }
    for (at, _) in html.match_indices("http") {
        let before = &html[at.saturating_sub(24)..at];
        let fine = before.ends_with("href=\"")
            || before.ends_with("<meta ")
            || before.ends_with("rel=\"noreferrer\">")
            || before.ends_with("a[href^=\"");
        assert!(fine, "{}", &html[at.saturating_sub(40)..(at + 60).min(html.len())]);
    }
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-";
    assert!(html.contains(policy) && html.contains("base-uri 'none'; form-action 'none'"));
}

#[test]
fn hostile_names_stay_text() {
    let payloads = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style><svg onload=alert(1)>",
        "</title><h1>x",
        "javascript:alert(1)",
        "<!--",
        "&lt;b&gt;",
        "{{7*7}}${7*7}",
    ];
    let tags = |html: &str| html.matches('<').count();
    // A harmless name of the same kind gives the number of elements that a page may have.
    let plain = tags(&page(&Plan { name: "harmless".into(), ..Plan::default() }));
    for payload in payloads {
        let plan = Plan { name: payload.into(), ..Plan::default() };
        let mut made_up = report(&plan);
        made_up.settings.runner.name = Some(payload.into());
        made_up.profile_path = Some(payload.into());
        let html = render(&made_up);
        assert_eq!(tags(&html), plain, "{payload} made or broke an element");
        assert_eq!(html.matches("<script").count(), 1, "{payload}");
        assert!(!html.contains("<img"), "{payload}");
        let escaped = payload.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(html.contains(&escaped.replace('"', "&quot;")), "{payload} is not shown");
    }
}

#[test]
fn ready_made_markup_enters_in_one_place() {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if fs::read_to_string(&path).is_ok_and(|code| code.contains("PreEscaped")) {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert_eq!(found, ["trusted.rs"]);
}

#[test]
fn a_page_is_small_and_the_same_each_time() {
    let year = Plan { runs: 365, ..Plan::default() };
    let first = page(&year);
    assert!(first.len() < 2_000_000, "{} bytes", first.len());
    assert_eq!(first, page(&year));
}

#[test]
fn headings_tables_and_ids_are_in_order() {
    for plan in all_plans() {
        let html = page(&plan);
        let mut level = 0;
        for (at, _) in html.match_indices("<h") {
            let Some(digit) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else {
                continue;
            };
            assert!(digit <= level + 1, "h{digit} after h{level}: {}", &html[at..at + 60]);
            level = digit;
        }
        assert_eq!(html.matches("<h1").count(), 1);
        for head in html.split("<th").skip(1).filter(|h| !h.starts_with("ead")) {
            let tag = head.split('>').next().unwrap_or("");
            assert!(tag.contains("scope=\""), "a table head without scope: {tag}");
        }
        let mut ids = BTreeSet::new();
        for part in html.split(" id=\"").skip(1) {
            let id = part.split('"').next().unwrap_or("");
            assert!(ids.insert(id.to_owned()), "two elements are called {id}");
        }
        for part in html.split("href=\"#").skip(1) {
            let id = part.split('"').next().unwrap_or("");
            assert!(ids.contains(id), "a link leads to {id}, which is nowhere");
        }
        for part in html.split("aria-labelledby=\"").skip(1) {
            let id = part.split('"').next().unwrap_or("");
            assert!(ids.contains(id), "a label is missing: {id}");
        }
    }
}

#[test]
fn a_page_without_data_has_no_empty_chart() {
    let html = page(&Plan { runs: 0, ..Plan::default() });
    assert!(!html.contains("<svg"));
    assert!(html.contains("No runs in these files"));
    let html = page(&Plan { cadence: false, altitude: false, side: false, ..Plan::default() });
    assert!(html.contains("The watch's original FIT files carry it"));
    assert!(html.contains("--road-side"));
}

#[test]
fn the_red_flags_and_the_purpose_stand_on_every_page() {
    for plan in all_plans() {
        let html = page(&plan);
        assert_eq!(html.matches("Does a knee hurt? Start here.").count(), 1);
        let words = text(&html);
        assert_eq!(words.matches(INTENDED_PURPOSE).count(), 1);
        for sign in red_flags::SAME_DAY.iter().chain(red_flags::WITHIN_DAYS) {
            assert_eq!(words.matches(sign).count(), 1, "{sign}");
        }
    }
}

/// Where pain is noted the signs that want a person stand before every picture, once; the note
/// itself stands at every time axis and in every table, as it was written.
#[test]
fn noted_pain_brings_the_signs_to_the_top_and_marks_to_the_charts() {
    let html = page(&Plan { pain: true, ..Plan::default() });
    let first_sign = html.find("You cannot put weight on the leg").unwrap();
    assert!(first_sign < html.find("<svg").unwrap());
    assert_eq!(html.matches("You cannot put weight on the leg").count(), 1);
    let quiet = page(&Plan::default());
    assert!(quiet.find("You cannot put weight on the leg").unwrap() > quiet.find("<svg").unwrap());
    let described = lightfoot::charts::CHARTS.iter().filter_map(|c| {
        let report = report(&Plan { pain: true, ..Plan::default() });
        c.chart(&report.history, &report.settings).ok()
    });
    let mut over_time = 0;
    for chart in described {
        let timed = chart.panels.iter().any(|p| {
            let scales = [p.x.scale, p.y.scale];
            scales.iter().any(|s| *s != lightfoot::charts::Scale::Quantity)
        });
        assert_eq!(chart.marks().len(), if timed { 2 } else { 0 }, "{}", chart.id);
        let key = chart.key.iter().any(|k| k.text == "pain noted: 9 Aug, 21 Aug");
        assert_eq!(key, timed, "{}", chart.id);
        over_time += usize::from(timed);
    }
    assert!(over_time >= 8, "{over_time} charts over time");
    let said = "1 during, 1 next morning, left, Example watch 2 kneecap: Example watch 2";
    assert!(html.matches(said).count() >= over_time, "in the table of each");
    assert!(html.contains("As you wrote it"));
}

#[test]
fn units_are_the_readers() {
    let mut made_up = report(&Plan::default());
    made_up.settings.display = Display { units: Units::Imperial };
    // The made-up opening is in kilometres; its units are the findings' own concern.
    made_up.headline.lines.clear();
    let html = render(&made_up);
    assert!(html.contains("min/mi") && !html.contains("min/km"));
}

/// Colours of the style sheet: variable to colour, for the light and the dark theme.
fn themes() -> [BTreeMap<String, [f64; 3]>; 2] {
    let read = |block: &str| {
        let declarations = block.split([';', '{', '}']).filter_map(|d| d.trim().strip_prefix("--"));
        declarations
            .filter_map(|d| {
                let (name, value) = d.split_once(':')?;
                let hex = value.strip_prefix('#')?;
                let hex: String = if hex.len() == 3 {
                    hex.chars().flat_map(|c| [c, c]).collect()
                } else {
                    hex.to_owned()
                };
                let part = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).ok();
                let rgb = [part(0)?, part(2)?, part(4)?];
                Some((name.to_owned(), rgb.map(|v| f64::from(v) / 255.0)))
            })
            .collect::<BTreeMap<_, _>>()
    };
    [
        read(include_str!("../src/report/html/light.css")),
        read(include_str!("../src/report/html/dark.css")),
    ]
}

/// WCAG 2.2 relative luminance.
fn luminance(rgb: [f64; 3]) -> f64 {
    let linear = |v: f64| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_have_contrast_in_both_themes() {
    for (theme, colours) in ["light", "dark"].iter().zip(themes()) {
        let of = |name: &str| *colours.get(name).unwrap_or_else(|| panic!("{theme}: --{name}"));
        for ground in ["page", "card", "band"] {
            for ink in ["ink", "soft", "muted", "you"] {
                let ratio = contrast(of(ink), of(ground));
                assert!(ratio >= 4.5, "{theme}: {ink} on {ground} {ratio:.2}");
            }
        }
        let marks =
            ["you", "ctx", "sp1", "sp2", "sp3", "sp4", "warm", "warm3", "cool", "cool3", "muted"];
        for mark in marks {
            let ratio = contrast(of(mark), of("card"));
            assert!(ratio >= 3.0, "{theme}: {mark} on the card {ratio:.2}");
        }
        for mark in ["sp0", "warm1", "cool1"] {
            let ratio = contrast(of(mark), of("card"));
            assert!(ratio >= 2.6, "{theme}: {mark} on the card {ratio:.2}");
        }
    }
}

/// Brettel, Vienot and Mollon's simulation for protanopes and deuteranopes in its linear form of
/// 1999; tritanopes by a single plane.
const DEFICIENCIES: [[[f64; 3]; 3]; 3] = [
    [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]],
    [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]],
    [[1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.805, 0.11911]],
];

#[test]
fn pairs_stay_apart_for_the_colour_blind() {
    for colours in themes() {
        for matrix in DEFICIENCIES {
            let seen = |name: &str| -> [f64; 3] {
                let rgb = colours[name].map(|v| v.powf(2.2));
                matrix
                    .map(|row| row.iter().zip(rgb).map(|(m, v)| m * v).sum::<f64>().clamp(0.0, 1.0))
            };
            for (a, b) in [("warm", "cool"), ("you", "ctx"), ("you", "warm")] {
                let distance: f64 = seen(a)
                    .iter()
                    .zip(seen(b))
                    .map(|(x, y)| (x.powf(1.0 / 2.2) - y.powf(1.0 / 2.2)).powi(2))
                    .sum::<f64>()
                    .sqrt();
                assert!(distance > 0.15, "{a} and {b} look alike: {distance:.2}");
            }
        }
    }
}
