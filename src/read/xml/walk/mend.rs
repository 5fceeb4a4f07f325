//! What the walk does when a tag is broken: salvage what can be used, go on where it is safe.

use memchr::memmem;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesEnd, BytesStart};

use super::{Node, Walk};
use crate::read::ReadError;

/// Broken tags that are salvaged between two points before the walk goes on at the next point.
/// **chosen**: it bounds how often one stretch is read again.
const MOST_SALVAGED: usize = 32;

impl<'t> Walk<'t> {
    /// Where the tag just read contains another `<`, which no tag may: a quote or `>` was lost.
    pub(super) fn swallowed(&self, at: usize) -> Option<usize> {
        let inside = self.text.get(at + 1..self.position())?;
        inside.find('<').map(|i| at + 1 + i)
    }

    /// Takes what can be used of a broken tag that began at `at` and ends before `inner`.
    pub(super) fn salvage(
        &mut self,
        at: usize,
        inner: usize,
    ) -> Result<Option<Node<'t>>, ReadError> {
        self.salvaged += 1;
        if self.salvaged > MOST_SALVAGED {
            self.resynchronise(at);
            return Ok(None);
        }
        self.note_damage(at);
        let content = self.text.get(at + 1..inner).unwrap_or_default();
        let (content, next) = match content.find('>') {
            Some(close) => (content.get(..close).unwrap_or_default(), at + close + 2),
            None => (content, inner),
        };
        self.stretch = 1;
        self.start_at(next);
        let content = content.trim_end();
        if let Some(name) = content.strip_prefix('/') {
            self.depth = self.depth.saturating_sub(1);
            let name = name.split_whitespace().next().unwrap_or_default();
            return Ok(Some(Node::Close(BytesEnd::new(name))));
        }
        let length = content.find(|c: char| c.is_whitespace() || c == '/');
        let length = length.unwrap_or(content.len());
        if !content.get(..length).is_some_and(is_name) {
            return Ok(None);
        }
        match content.strip_suffix('/') {
            Some(content) => {
                let tag = BytesStart::from_content(content, length.min(content.len()));
                self.leaf = None;
                Ok(Some(Node::Empty(tag)))
            }
            None => self.open(BytesStart::from_content(content, length), next).map(Some),
        }
    }

    fn note_damage(&mut self, at: usize) {
        if self.damaged == 0 {
            self.first_damage = at;
        }
        self.damaged += 1;
    }

    /// Goes on after an error of the parser that began at or after `at`.
    pub(super) fn recover(
        &mut self,
        error: &Error,
        at: usize,
    ) -> Result<Option<Node<'t>>, ReadError> {
        let reported = usize::try_from(self.reader.error_position()).unwrap_or(0);
        let at = at.max(self.base.saturating_add(reported).min(self.end));
        match error {
            // The parser has consumed the wrong piece and can go on by itself.
            Error::IllFormed(_) if self.position() > at => {
                self.note_damage(at);
                Ok(None)
            }
            Error::Syntax(SyntaxError::UnclosedComment) => Ok(self.skip_to("-->", at)),
            Error::Syntax(SyntaxError::UnclosedCData) => Ok(self.skip_to("]]>", at)),
            Error::Syntax(SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl) => {
                Ok(self.skip_to("?>", at))
            }
            Error::Syntax(
                SyntaxError::UnclosedTag
                | SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue,
            ) => {
                let inside = self.text.get(at + 1..self.end).unwrap_or_default();
                match inside.find('<') {
                    Some(inner) => self.salvage(at, at + 1 + inner),
                    None if self.end < self.text.len() => self.salvage(at, self.end),
                    None => {
                        self.cut = Some(at);
                        Ok(None)
                    }
                }
            }
            _ => {
                self.resynchronise(at);
                Ok(None)
            }
        }
    }

    /// Skips a comment or the like that runs past this stretch, or that never ends.
    fn skip_to(&mut self, mark: &'static str, at: usize) -> Option<Node<'t>> {
        if !self.missing.contains(&mark) {
            let rest = self.text.as_bytes().get(at..).unwrap_or_default();
            let found = memmem::find(rest, mark.as_bytes());
            if let Some(found) = found {
                self.start_at(at + found + mark.len());
                return None;
            }
            self.missing.push(mark);
        }
        self.resynchronise(at);
        None
    }

    /// Begins again at the next point after a byte; the end of the walk where there is none.
    fn resynchronise(&mut self, at: usize) {
        match self.next_point(at + 1) {
            Some(next) => {
                self.note_damage(at);
                self.stretch = 1;
                self.salvaged = 0;
                self.start_at(next);
            }
            None => self.cut = Some(at),
        }
    }
}

/// Whether a text could be the name of an element.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}
