//! The sources that numbers and sentences rest on, printed where they are used.

/// A source.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Key used by metrics and findings.
    pub key: &'static str,
    /// Authors, short.
    pub authors: &'static str,
    /// Year of publication.
    pub year: u16,
    /// Title or, for standards, what it is.
    pub title: &'static str,
    /// Journal and pages or publisher.
    pub published: &'static str,
    /// DOI or stable address, where known.
    pub link: Option<&'static str>,
}

/// All sources.
pub const SOURCES: &[Source] = &[];

/// A source by its key.
pub fn source(key: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|s| s.key == key)
}
