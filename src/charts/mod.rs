//! Charts describe, `svg` draws. One description a file, one line in [`CHARTS`].
//!
//! A description holds everything that reaches a reader: the takeaway, the axes, the marks, the
//! table. They are filled from the same values, so that a sentence can never contradict its picture.

mod axis;
mod bins;
mod cadence_distribution;
mod cadence_trend;
mod cadence_vs_speed;
mod camber_ledger;
mod contact_balance;
mod curve_exposure;
mod hill_exposure;
mod key;
mod late_drift;
mod load_parts;
mod marks;
mod other_sports;
mod overstride_proxies;
pub mod run;
mod run_values;
mod running_dynamics;
mod shoes;
mod surfaces;
pub mod svg;
mod trend_lines;
mod vendor_fields;
mod weekly_distance;
mod weeks;

pub use axis::{Axis, Scale, Tick, day_number};
pub use key::{KeyItem, Swatch};
pub use marks::{Along, Mark};

use crate::settings::Settings;
use crate::trend::History;

/// A described chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Identifier: the file's name.
    pub id: &'static str,
    /// Title, sentence case.
    pub title: &'static str,
    /// One sentence: what the picture says. Every number in it is in the marks or the table.
    pub takeaway: String,
    /// What the marks are, where direct labels cannot say it.
    pub key: Vec<KeyItem>,
    /// One panel, panels that share the x axis, or small multiples.
    pub panels: Vec<Panel>,
    /// How the panels stand.
    pub layout: Layout,
    /// One fold below: n, coverage, intervals, how it misleads.
    pub details: Vec<String>,
    /// The same values as a table.
    pub table: Table,
    /// Metrics behind it, for links to the method.
    pub metrics: &'static [&'static str],
}

/// How the panels of a chart stand on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Whole width, panels below each other.
    Full,
    /// Half a page on wide screens.
    Half,
    /// Small multiples, as many beside each other as fit.
    Multiples,
}

/// One coordinate system with its marks.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Title of the panel where there are several.
    pub title: Option<String>,
    /// A word under the title: coverage, or that the watch only estimates this.
    pub subtitle: Option<String>,
    /// What a listener hears in place of the picture.
    pub description: String,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Height in CSS pixels when drawn wide and when drawn narrow.
    pub height_px: (u32, u32),
    /// Marks, from back to front.
    pub layers: Vec<Layer>,
}

/// Colours by meaning; the page's style sheet gives them values for each theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The runner: the one accent.
    You,
    /// The runner, shaded by speed from 0 (slow) to 4 (fast).
    Speed(u8),
    /// Context: what the accent is seen against.
    Context,
    /// Text.
    Ink,
    /// Quiet text.
    Muted,
    /// Grid lines and axes.
    Grid,
    /// Background of a reference band.
    Band,
    /// Warm side of a pair: up, right.
    Warm,
    /// A second tone of the warm side.
    WarmSoft,
    /// A third tone of the warm side.
    WarmDeep,
    /// Cool side of a pair: down, left.
    Cool,
    /// A second tone of the cool side.
    CoolSoft,
    /// A third tone of the cool side.
    CoolDeep,
}

/// Marks of one kind.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A horizontal band through the whole panel, behind everything.
    Band {
        /// Lower edge on the y axis.
        low: f64,
        /// Upper edge on the y axis.
        high: f64,
        /// What it is.
        label: String,
    },
    /// A vertical band through the whole panel, behind everything.
    Column {
        /// Left edge on the x axis.
        low: f64,
        /// Right edge on the x axis.
        high: f64,
        /// What it is.
        label: String,
    },
    /// Dots.
    Dots {
        /// The dots.
        dots: Vec<Dot>,
        /// Radius in tenths of a CSS pixel.
        radius: u32,
    },
    /// A line through points.
    Line {
        /// The points in order.
        points: Vec<(f64, f64)>,
        /// Colour.
        tone: Tone,
        /// Width in tenths of a CSS pixel.
        width: u32,
        /// Whether it is whole, broken or hollow.
        dashed: Dashes,
        /// Label at its end.
        label: Option<String>,
    },
    /// An area between two lines.
    Ribbon {
        /// x, low, high.
        points: Vec<(f64, f64, f64)>,
        /// Colour.
        tone: Tone,
        /// Opacity, 0 to 1.
        strength: f64,
        /// Label in the middle of its upper edge.
        label: Option<String>,
    },
    /// Boxes: bars of any direction, cells of a strip.
    Boxes {
        /// The boxes.
        boxes: Vec<Bar>,
    },
    /// Stems with a head: lollipops.
    Stems {
        /// The stems, from the axis to their head.
        stems: Vec<Dot>,
        /// Radius of the head in tenths of a CSS pixel.
        radius: u32,
    },
    /// Crosses: places where a recording is at fault.
    Crosses {
        /// The crosses.
        crosses: Vec<Dot>,
        /// Half the width of one in tenths of a CSS pixel.
        radius: u32,
    },
    /// A vertical line where something in the recording changed.
    Break {
        /// Place on the x axis.
        x: f64,
        /// What changed.
        label: String,
    },
    /// Small triangles on a time axis: what the runner noted.
    Marks {
        /// The marks.
        marks: Vec<Mark>,
        /// The axis along which time runs.
        along: Along,
    },
    /// Words inside the picture.
    Note {
        /// Place.
        at: (f64, f64),
        /// The words.
        text: String,
        /// Colour.
        tone: Tone,
        /// Which side of the place the words stand on.
        side: NoteSide,
    },
}

/// Whether a line is whole, broken or hollow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dashes {
    /// Whole.
    Solid,
    /// Broken.
    Dashed,
    /// Only its edges, with the ground between them.
    Hollow,
}

/// Where words stand relative to their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteSide {
    /// To the right of it.
    Right,
    /// To the left of it.
    Left,
    /// Above it, centred.
    Above,
    /// On it.
    Middle,
}

/// A dot or the head of a stem.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Horizontal place.
    pub x: f64,
    /// Vertical place.
    pub y: f64,
    /// Colour.
    pub tone: Tone,
    /// Whether only the rim is drawn.
    pub hollow: bool,
    /// What is shown when pointed at.
    pub title: String,
}

/// A box between two corners.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Left and right edge.
    pub x: (f64, f64),
    /// Lower and upper edge.
    pub y: (f64, f64),
    /// Colour.
    pub tone: Tone,
    /// Opacity, 0 to 1.
    pub strength: f64,
    /// Whether only the rim is drawn.
    pub hollow: bool,
    /// What is shown when pointed at; empty where a table says it better.
    pub title: String,
}

/// The same values as text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Column heads with units.
    pub columns: Vec<String>,
    /// Rows; the first cell is the row's head.
    pub rows: Vec<Vec<String>>,
}

impl Chart {
    /// Every number that the picture draws, in display units: what captions may quote.
    pub fn drawn_numbers(&self) -> Vec<f64> {
        let mut all = Vec::new();
        for layer in self.panels.iter().flat_map(|p| &p.layers) {
            match layer {
                Layer::Band { low, high, .. } | Layer::Column { low, high, .. } => {
                    all.extend([*low, *high]);
                }
                Layer::Dots { dots, .. }
                | Layer::Stems { stems: dots, .. }
                | Layer::Crosses { crosses: dots, .. } => {
                    all.extend(dots.iter().flat_map(|d| [d.x, d.y]));
                }
                Layer::Line { points, .. } => all.extend(points.iter().flat_map(|p| [p.0, p.1])),
                Layer::Ribbon { points, .. } => {
                    all.extend(points.iter().flat_map(|p| [p.0, p.1, p.2]));
                }
                Layer::Boxes { boxes } => all.extend(
                    boxes
                        .iter()
                        .flat_map(|b| [b.x.0, b.x.1, b.y.0, b.y.1, b.y.1 - b.y.0, b.x.1 - b.x.0]),
                ),
                Layer::Break { x, .. } => all.push(*x),
                Layer::Note { at, .. } => all.extend([at.0, at.1]),
                // What the runner wrote is quoted nowhere as a figure of ours.
                Layer::Marks { .. } => {}
            }
        }
        all
    }
}

/// An entry of the table.
#[derive(Clone, Copy, Debug)]
pub struct ChartEntry {
    /// Identifier: the file's name.
    pub id: &'static str,
    /// Section of the page it stands in.
    pub section: Section,
    /// Describes the chart, or says in one line what would fill it; an empty line where nobody
    /// would miss it.
    pub describe: fn(&History, &Settings) -> Result<Chart, String>,
}

/// Sections of the page that hold charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Cadence.
    Cadence,
    /// Stride.
    Stride,
    /// Ground.
    Ground,
    /// Load.
    Load,
    /// Late in the run.
    Late,
}

/// Runs below which a picture over time shows nothing that a sentence does not. **chosen**
pub const FEWEST_DRAWN: usize = 3;
/// Runs from which dots shrink so that they stay apart. **chosen**
const MANY_RUNS: usize = 150;

/// Radius of a dot among `count` of them, in tenths of a CSS pixel.
fn radius(count: usize, usual: u32) -> u32 {
    if count > MANY_RUNS { usual * 5 / 8 } else { usual }
}

/// All charts, in page order.
pub const CHARTS: &[ChartEntry] = &[
    cadence_trend::CHART,
    cadence_vs_speed::CHART,
    cadence_distribution::CHART,
    overstride_proxies::CHART,
    running_dynamics::CHART,
    contact_balance::CHART,
    vendor_fields::CHART,
    hill_exposure::CHART,
    camber_ledger::CHART,
    curve_exposure::CHART,
    weekly_distance::CHART,
    load_parts::CHART,
    other_sports::CHART,
    surfaces::CHART,
    shoes::CHART,
    late_drift::CHART,
];

/// A chart by its identifier.
pub fn chart(id: &str) -> Option<&'static ChartEntry> {
    CHARTS.iter().find(|c| c.id == id)
}
