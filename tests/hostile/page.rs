//! Pages: whatever the names, a browser sees the same elements and attributes.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use lightfoot::report::writer;
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
    writer("html").unwrap().text(&report).unwrap()
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

#[test]
fn the_parser_would_see_an_element_that_broke_out() {
    let plain = see("<p title=\"a\">a</p>");
    let broken = see("<p title=\"a\"><img src=x onerror=alert(1)>\">a</p>");
    assert_ne!(plain, broken);
    assert!(broken.elements.contains_key("img onerror src"), "{broken:?}");
}
