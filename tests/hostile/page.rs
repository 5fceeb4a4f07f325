//! Pages: whatever the names, a browser sees the same elements and attributes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use lightfoot::report::{plain, run_pages};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::names::write;
use crate::payloads::{MARK, payloads};
use crate::report;

/// What a browser makes of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Elements with the names of their attributes, and how many.
    pub elements: BTreeMap<String, usize>,
    /// Values of attributes that lead somewhere.
    links: BTreeSet<String>,
    /// Where a text with the mark stands, other than between elements that show it: attributes by
    /// their names, styles.
    marked: BTreeSet<String>,
}

pub fn see(html: &str) -> Seen {
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
            let marked = attributes.iter().filter(|a| a.value.contains(MARK));
            seen.marked.extend(marked.map(|a| format!("{} {}", name.local, a.name.local)));
            waiting.extend(template_contents.borrow().clone());
        }
        if let NodeData::Text { contents } = &node.data
            && contents.borrow().contains(MARK)
        {
            let parent = node.parent.take();
            let above = parent.as_ref().and_then(std::rc::Weak::upgrade);
            node.parent.set(parent);
            let silent = above.as_ref().and_then(|above| match &above.data {
                NodeData::Element { name, .. } => Some(name.local.to_string()),
                _ => None,
            });
            let silent = silent.filter(|name| ["style", "script"].contains(&name.as_str()));
            seen.marked.extend(silent);
        }
        if let NodeData::Comment { contents } = &node.data
            && contents.contains(MARK)
        {
            seen.marked.insert("comment".to_owned());
        }
        waiting.extend(node.children.borrow().iter().cloned());
    }
    seen
}

/// What a browser sees must not depend on names: nothing that another page does not have, no text
/// anywhere but where text is read, and nothing that turns the lines around it.
pub fn check(html: &str, harmless: &Seen) {
    let seen = see(html);
    for (element, count) in &seen.elements {
        assert!(harmless.elements.contains_key(element), "a new element: {element} x {count}");
        assert!(!element.split(' ').any(|a| a.starts_with("on")), "{element}");
        assert!(!["iframe", "object", "embed"].contains(&name_of(element)), "{element}");
    }
    for link in &seen.links {
        let inside = link.starts_with('#') || harmless.links.contains(link);
        assert!(inside, "a new link: {link}");
    }
    for place in &seen.marked {
        assert!(harmless.marked.contains(place), "a text stands in {place}");
    }
    assert_eq!(
        seen.elements.get("script "),
        harmless.elements.get("script "),
        "our own script alone"
    );
    let turns = html.chars().find(|c| plain::commands(*c) && *c != '\n');
    assert_eq!(turns, None);
}

fn name_of(element: &str) -> &str {
    element.split(' ').next().unwrap_or_default()
}

/// What a browser sees in the pages of all runs together.
fn pages_of_runs(texts: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    write(&runs, texts);
    let report = report(&[runs.clone()]);
    let walked = lightfoot::intake::walk(&[runs], &lightfoot::read::Limits::default());
    let names = run_pages::names(&report, 0..report.history.runs.len());
    let all = Mutex::new(Vec::new());
    let made = run_pages::run_pages(&walked, &report, &names, None, |name, page| {
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{name}");
        // Links to its neighbours are named by day and content and differ from set to set.
        let page = names.values().fold(page.to_owned(), |page, n| page.replace(n.as_str(), "run"));
        all.lock().unwrap().push(page);
        Ok::<(), ()>(())
    });
    assert_eq!(made.unwrap().runs.len(), 3 * texts.len(), "each has its page");
    all.into_inner().unwrap()
}

#[test]
fn the_page_of_a_run_is_no_way_out_either() {
    const AT_ONCE: usize = 25;
    let harmless: Vec<String> = (0..AT_ONCE).map(|i| format!("name {i:03} {MARK}")).collect();
    let plain = see(&pages_of_runs(&harmless).concat());
    for page in pages_of_runs(payloads().get(..AT_ONCE).unwrap_or_default()) {
        let mut seen = plain.clone();
        // One page has one script; the harmless ones were looked at together.
        seen.elements.insert("script ".to_owned(), 1);
        check(&page, &seen);
    }
}

#[test]
fn the_parser_would_see_an_element_that_broke_out() {
    let plain = see("<p title=\"a\">a</p>");
    let broken = see("<p title=\"a\"><img src=x onerror=alert(1)>\">a</p>");
    assert_ne!(plain, broken);
    assert!(broken.elements.contains_key("img onerror src"), "{broken:?}");
    let styled = see(&format!("<style>{MARK}</style><p id=\"{MARK}\">{MARK}<!--{MARK}-->"));
    assert_eq!(styled.marked.iter().collect::<Vec<_>>(), ["comment", "p id", "style"]);
}
