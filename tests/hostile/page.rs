//! Pages: whatever the names, a browser sees the same elements and attributes.

use std::collections::{BTreeMap, BTreeSet};

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use lightfoot::report::plain;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::payloads::MARK;

/// What a browser makes of a page.
#[derive(Debug, Default, PartialEq)]
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

#[test]
fn the_parser_would_see_an_element_that_broke_out() {
    let plain = see("<p title=\"a\">a</p>");
    let broken = see("<p title=\"a\"><img src=x onerror=alert(1)>\">a</p>");
    assert_ne!(plain, broken);
    assert!(broken.elements.contains_key("img onerror src"), "{broken:?}");
    let styled = see(&format!("<style>{MARK}</style><p id=\"{MARK}\">{MARK}<!--{MARK}-->"));
    assert_eq!(styled.marked.iter().collect::<Vec<_>>(), ["comment", "p id", "style"]);
}
