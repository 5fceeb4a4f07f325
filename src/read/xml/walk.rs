//! A pull walk over damaged XML: opens, closes and leaf texts, within limits.
//!
//! quick-xml reads the text in stretches that end where a point begins. A tag that does not
//! close, or that swallowed another one through a lost quote, therefore costs one stretch and
//! one point; after damage the stretches are short, so the work stays linear in the file.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem::Finder;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use crate::activity::{Issue, IssueKind, Severity};
use crate::read::{Limits, ReadError};

mod mend;

use mend::is_name;

/// Length of a stretch in an undamaged file. **chosen**: large against a point, small against
/// the time a user waits.
const STRETCH_BYTES: usize = 256 << 10;

/// What the walk meets.
pub(in crate::read) enum Node<'t> {
    /// A start tag.
    Open(BytesStart<'t>),
    /// A tag that is start and end at once.
    Empty(BytesStart<'t>),
    /// An end tag; [`Walk::leaf`] holds the text since the last tag.
    Close(BytesEnd<'t>),
}

/// A walk over the text of one file.
pub(in crate::read) struct Walk<'t> {
    format: &'static str,
    point: &'static str,
    /// Finds the point's name; text that is full of its letters costs no more than other text.
    names: Finder<'static>,
    limits: &'t Limits,
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where the current stretch begins and ends in `text`.
    base: usize,
    end: usize,
    stretch: usize,
    depth: usize,
    leaf: Option<Cow<'t, str>>,
    damaged: usize,
    first_damage: usize,
    /// Broken tags since the last point.
    salvaged: usize,
    /// Byte at which the file breaks off inside markup.
    cut: Option<usize>,
    doctype: bool,
    /// Marks (`-->`, `]]>`, `?>`) that do not occur again: searched for once.
    missing: Vec<&'static str>,
    /// From the first of these bytes on, the next point begins at the second, the end of the text
    /// where there is none: however often a stretch is begun, a byte is searched once.
    searched: Range<usize>,
}

impl<'t> Walk<'t> {
    /// Walks a text; `point` is the local name at which to re-synchronise after damage.
    pub(in crate::read) fn new(
        format: &'static str,
        point: &'static str,
        text: &'t str,
        limits: &'t Limits,
    ) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut walk = Self {
            format,
            point,
            names: Finder::new(point),
            limits,
            text,
            reader: Reader::from_str(""),
            base: 0,
            end: 0,
            stretch: STRETCH_BYTES,
            depth: 0,
            leaf: None,
            damaged: 0,
            first_damage: 0,
            salvaged: 0,
            cut: None,
            doctype: false,
            missing: Vec::new(),
            searched: 0..0,
        };
        walk.start_at(0);
        walk
    }

    /// The next node, `None` at the end of what can be read.
    ///
    /// # Errors
    /// When a limit is hit.
    pub(in crate::read) fn next(&mut self) -> Result<Option<Node<'t>>, ReadError> {
        while self.cut.is_none() {
            let at = self.position();
            let event = self.reader.read_event();
            let is_tag = matches!(event, Ok(Event::Start(_) | Event::Empty(_) | Event::End(_)));
            let swallowed = if is_tag { self.swallowed(at) } else { None };
            let node = match (event, swallowed) {
                (_, Some(inner)) => self.salvage(at, inner)?,
                (Ok(Event::Start(tag)), None) => Some(self.open(tag, at)?),
                (Ok(Event::Empty(tag)), None) => {
                    self.check_tag(&tag, at)?;
                    self.leaf = None;
                    Some(Node::Empty(tag))
                }
                (Ok(Event::End(tag)), None) => {
                    self.depth = self.depth.saturating_sub(1);
                    Some(Node::Close(tag))
                }
                (Ok(Event::Eof), None) => {
                    if self.end >= self.text.len() {
                        return Ok(None);
                    }
                    self.stretch = (self.stretch * 4).min(STRETCH_BYTES);
                    self.salvaged = 0;
                    self.start_at(self.end);
                    None
                }
                (Ok(event), None) => {
                    self.add(event)?;
                    None
                }
                (Err(error), None) => self.recover(&error, at)?,
            };
            if node.is_some() {
                return Ok(node);
            }
        }
        Ok(None)
    }

    /// Takes in what is no tag.
    fn add(&mut self, event: Event<'t>) -> Result<(), ReadError> {
        match event {
            Event::Text(text) => self.add_text(text.into_inner()),
            Event::CData(text) => self.add_text(text.into_inner()),
            Event::GeneralRef(reference) => self.add_text(resolved(&reference)),
            Event::DocType(_) => {
                self.doctype = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Text between the last start tag and the end tag just met, entities resolved.
    pub(in crate::read) fn leaf(&mut self) -> Option<Cow<'t, str>> {
        self.leaf.take()
    }

    /// How many elements are open.
    pub(in crate::read) fn depth(&self) -> usize {
        self.depth
    }

    /// Sets the depth right at a place that the caller recognises, after damage.
    pub(in crate::read) fn set_depth(&mut self, depth: usize) {
        self.depth = depth;
    }

    /// Name of the format.
    pub(super) fn format(&self) -> &'static str {
        self.format
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Local name of the element at which the walk re-synchronises.
    pub(super) fn point(&self) -> &'static str {
        self.point
    }

    /// How many tags were broken so far.
    pub(super) fn damaged(&self) -> usize {
        self.damaged
    }

    /// Byte behind what the parser has in hand.
    pub(super) fn stretch_end(&self) -> usize {
        self.end
    }

    /// Goes on at a byte of the same stretch, in the content of an element at a depth.
    pub(super) fn skip_to_place(&mut self, at: usize, depth: usize) {
        self.base = at;
        self.reader = self.reader_from(at);
        self.depth = depth;
    }

    /// Line of the current place, from 1.
    pub(in crate::read) fn line(&self) -> usize {
        self.line_of(self.cut.unwrap_or_else(|| self.position()))
    }

    /// What was odd about the markup itself.
    pub(in crate::read) fn issues(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        if self.damaged > 0 {
            let line = self.line_of(self.first_damage);
            let message = format!(
                "{} tag(s) are broken, the first in line {line}; what stands around them was kept",
                self.damaged
            );
            issues.push(
                Issue::new(IssueKind::Malformed, Severity::Doubt, message)
                    .count(self.damaged)
                    .remedy("export the activity again"),
            );
        }
        if self.doctype {
            let message = "the document type declaration was passed over, its entities unread";
            issues.push(Issue::new(IssueKind::Header, Severity::Note, message));
        }
        issues
    }

    fn line_of(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        1 + before.iter().filter(|b| **b == b'\n').count()
    }

    /// Byte of the current place.
    pub(super) fn position(&self) -> usize {
        let read = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.base.saturating_add(read).min(self.end)
    }

    /// Begins a stretch at a byte that begins a character.
    fn start_at(&mut self, from: usize) {
        self.base = from;
        self.end = self.next_point(from.saturating_add(self.stretch)).unwrap_or(self.text.len());
        self.reader = self.reader_from(from);
    }

    fn reader_from(&self, from: usize) -> Reader<&'t [u8]> {
        let mut reader = Reader::from_str(self.text.get(from..self.end).unwrap_or_default());
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        reader
    }

    /// Byte of the next start tag of a point at or after a byte.
    fn next_point(&mut self, from: usize) -> Option<usize> {
        if !self.searched.contains(&from) {
            self.searched = from..self.find_point(from).unwrap_or(self.text.len());
        }
        Some(self.searched.end).filter(|at| *at < self.text.len())
    }

    fn find_point(&self, from: usize) -> Option<usize> {
        let mut from = self.text.ceil_char_boundary(from.min(self.text.len()));
        loop {
            let found = from + self.names.find(self.text.as_bytes().get(from..)?)?;
            let after = found + self.point.len();
            let ends = self
                .text
                .as_bytes()
                .get(after)
                .is_none_or(|b| b.is_ascii_whitespace() || *b == b'>' || *b == b'/');
            let before = self.text.get(from..found)?;
            let prefix = before.rfind('<').and_then(|at| Some((at, before.get(at + 1..)?)));
            if let Some((at, prefix)) = prefix
                && ends
                && (prefix.is_empty() || (prefix.ends_with(':') && is_name(prefix)))
            {
                return Some(from + at);
            }
            from = after;
        }
    }

    fn open(&mut self, tag: BytesStart<'t>, at: usize) -> Result<Node<'t>, ReadError> {
        self.check_tag(&tag, at)?;
        self.depth += 1;
        if self.depth > self.limits.xml_depth {
            return Err(self.limit("levels of elements", self.limits.xml_depth));
        }
        self.leaf = None;
        Ok(Node::Open(tag))
    }

    fn check_tag(&self, tag: &BytesStart<'t>, at: usize) -> Result<(), ReadError> {
        /// The shortest attribute is ` a=""`.
        const ATTRIBUTE_BYTES: usize = 5;
        if self.position().saturating_sub(at) > self.limits.xml_tag_bytes {
            return Err(self.limit("bytes in one tag", self.limits.xml_tag_bytes));
        }
        let most = self.limits.xml_attributes;
        if tag.len() > most * ATTRIBUTE_BYTES
            && tag.attributes().with_checks(false).take(most + 1).count() > most
        {
            return Err(self.limit("attributes in one tag", most));
        }
        Ok(())
    }

    fn add_text(&mut self, text: Cow<'t, str>) -> Result<(), ReadError> {
        let length = text.len() + self.leaf.as_ref().map_or(0, |leaf| leaf.len());
        if length > self.limits.xml_text_bytes && !text.trim_ascii().is_empty() {
            return Err(self.limit("bytes in one text", self.limits.xml_text_bytes));
        }
        match &mut self.leaf {
            None => self.leaf = Some(text),
            Some(leaf) if length <= self.limits.xml_text_bytes => leaf.to_mut().push_str(&text),
            Some(_) => {}
        }
        Ok(())
    }

    fn limit(&self, what: &'static str, limit: usize) -> ReadError {
        ReadError::Limit { format: self.format, what, limit }
    }
}

/// A character or one of XML's five entities; any other reference stays as it is written.
fn resolved<'t>(reference: &BytesRef<'t>) -> Cow<'t, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    match resolve_predefined_entity(reference) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{};", &**reference)),
    }
}

/// Name without its namespace prefix.
pub(in crate::read) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Value of an attribute by local name; broken attributes are passed over.
pub(in crate::read) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = tag.attributes();
    let found = attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| local(attribute.key.0) == name)?;
    Some(match unescape(&found.value) {
        Ok(text) if text != found.value => Cow::Owned(text.into_owned()),
        _ => found.value,
    })
}
