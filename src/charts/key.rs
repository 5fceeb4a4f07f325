//! The key of a chart: what its shapes and colours stand for.

use super::Tone;

/// A mark in the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swatch {
    /// A filled dot.
    Dot,
    /// A dot of which only the rim is drawn.
    Ring,
    /// A filled box.
    Box,
    /// A line.
    Line,
    /// A broad line.
    Thick,
    /// A line of which only the edges are drawn.
    Rail,
    /// A broken line.
    Dash,
    /// A pale box.
    Pale,
    /// A box without filling.
    Outline,
    /// A small triangle: a mark on a time axis.
    Mark,
}

/// One line of the key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyItem {
    /// Shape.
    pub swatch: Swatch,
    /// Colours, more than one for a ramp.
    pub tones: Vec<Tone>,
    /// What it stands for.
    pub text: String,
}

impl KeyItem {
    /// A line of the key with one colour.
    pub fn new(swatch: Swatch, tone: Tone, text: impl Into<String>) -> Self {
        Self { swatch, tones: vec![tone], text: text.into() }
    }
}
