//! What every reader is told in the same words. Nothing in this room is chosen by what a sensor
//! said, so nothing in it can be a judgement on the reader. The page and the terminal print it as
//! it stands.

pub mod knee;
pub mod red_flags;
pub mod what_if;

/// What the program is for: in the README, in the help and on every page.
pub const INTENDED_PURPOSE: &str = "Describes running form and training exposure from your own \
    recordings for training and education. It does not diagnose, predict, prevent or treat any \
    injury or disease, and it does not watch over one: notes on pain are shown as you wrote them.";

/// A section of a text that every reader gets.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Heading, sentence case.
    pub heading: &'static str,
    /// What comes before the points.
    pub opening: &'static str,
    /// The points.
    pub points: &'static [Point],
    /// What must not be missed at the end; empty where nothing must.
    pub closing: &'static str,
    /// Keys into the source table, in the order in which the text names them.
    pub sources: &'static [&'static str],
}

/// One point of a section.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// What it is about: a place, a group of muscles, a claim.
    pub about: &'static str,
    /// What is said of it.
    pub says: &'static str,
}

/// A point, short enough to read in a table.
const fn point(about: &'static str, says: &'static str) -> Point {
    Point { about, says }
}
