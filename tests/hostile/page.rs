//! Pages: whatever the names, a browser sees the same elements and attributes.

use std::collections::BTreeMap;
use std::sync::Mutex;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use lightfoot::report::{run_pages, writer};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::names::{payloads, write};
use crate::report;

/// What a browser makes of a page.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    /// Elements with the names of their attributes, and how many.
    elements: BTreeMap<String, usize>,
    /// Values of attributes that lead somewhere.
    links: Vec<String>,
}

fn see(html: &str) -> Seen {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut seen = Seen::default();
    let mut waiting: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = waiting.pop() {
        if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
            let attributes = attrs.borrow();
            let mut names: Vec<&str> = attributes.iter().map(|a| &*a.name.local).collect();
            names.sort_unstable();
            *seen.elements.entry(format!("{} {}", name.local, names.join(" "))).or_default() += 1;
            let leads =
                |n: &str| ["href", "src", "action", "srcdoc", "content", "data"].contains(&n);
            let leading = attributes.iter().filter(|a| leads(&a.name.local));
            seen.links.extend(leading.map(|a| a.value.to_string()));
            waiting.extend(template_contents.borrow().clone());
        }
        waiting.extend(node.children.borrow().iter().cloned());
    }
    seen
}

fn page(texts: &[String]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    write(&runs, texts);
    let report = report(&[runs]);
    assert_eq!(report.history.runs.len(), 3 * texts.len(), "all are runs");
    (writer("html").unwrap().write)(&report).unwrap()
}

/// What a browser sees must not depend on names: another page has as many that mean nothing.
#[test]
fn five_hundred_ways_out_of_a_page_lead_nowhere() {
    let all = payloads();
    assert_eq!(all.len(), 500);
    let scripts = |html: &str| html.to_lowercase().matches("<script").count();
    let harmless: Vec<String> = (0..50).map(|i| format!("name {i:03}")).collect();
    let plain = page(&harmless);
    let plain_seen = see(&plain);
    for texts in all.chunks(50) {
        let hostile = page(texts);
        let hostile_seen = see(&hostile);
        for (element, count) in &hostile_seen.elements {
            let known = plain_seen.elements.get(element);
            assert!(known.is_some(), "a new element: {element} x {count}");
            assert!(!element.split(' ').any(|a| a.starts_with("on")), "{element}");
        }
        assert_eq!(scripts(&hostile), scripts(&plain));
        for link in &hostile_seen.links {
            let inside = link.starts_with('#') || plain_seen.links.contains(link);
            assert!(inside, "a new link: {link}");
        }
    }
}

/// Elements of the pages of all runs, and where they lead.
fn pages_of_runs(texts: &[String]) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    write(&runs, texts);
    let report = report(&[runs.clone()]);
    let walked = lightfoot::intake::walk(&[runs], &lightfoot::read::Limits::default());
    let names = run_pages::names(&report, 0..report.history.runs.len());
    let all = Mutex::new(Seen::default());
    let made = run_pages::run_pages(&walked, &report, &names, None, |name, page| {
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{name}");
        let mut seen = see(page);
        let mut all = all.lock().unwrap();
        for (element, count) in seen.elements {
            *all.elements.entry(element).or_default() += count;
        }
        seen.links.retain(|link| !link.starts_with('#') && !names.values().any(|n| n == link));
        all.links.append(&mut seen.links);
        Ok::<(), ()>(())
    });
    assert_eq!(made.unwrap().runs.len(), 3 * texts.len(), "each has its page");
    let mut all = all.into_inner().unwrap();
    all.links.sort();
    all.links.dedup();
    all
}

#[test]
fn the_page_of_a_run_is_no_way_out_either() {
    let harmless: Vec<String> = (0..25).map(|i| format!("name {i:03}")).collect();
    let plain = pages_of_runs(&harmless);
    let hostile = pages_of_runs(&payloads()[..25]);
    for element in hostile.elements.keys() {
        assert!(plain.elements.contains_key(element), "a new element: {element}");
        assert!(!element.split(' ').any(|a| a.starts_with("on")), "{element}");
    }
    assert_eq!(hostile.links, plain.links);
}

#[test]
fn the_parser_would_see_an_element_that_broke_out() {
    let plain = see("<p title=\"a\">a</p>");
    let broken = see("<p title=\"a\"><img src=x onerror=alert(1)>\">a</p>");
    assert_ne!(plain, broken);
    assert!(broken.elements.contains_key("img onerror src"), "{broken:?}");
}
