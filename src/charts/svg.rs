//! Draws any described panel as SVG through plotters: the only user of that crate.
//!
//! The backend's coordinates are whole numbers, so pictures are drawn ten times too large under a
//! view box. Colours are drawn as sentinels and replaced by the page's variables, so that one
//! picture serves both themes; text inherits the page's own font.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{Cartesian2d, DrawingArea, IntoDrawingArea, SVGBackend};

mod mark_row;
mod pen;
mod themes;

use pen::Pen;
pub use themes::variable;
use themes::{escape, themed};

use super::{Along, Layer, Panel};

/// Drawing units per CSS pixel.
const SCALE: i32 = 10;
/// Estimated advance of one character of that text in CSS pixels, for margins only. **chosen**
const ADVANCE_PX: f64 = 6.9;

/// How wide a panel is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// Whole column of a wide screen.
    Wide,
    /// Phone, or half a column.
    Narrow,
    /// One of two or four side by side.
    Double,
    /// One of three or more side by side.
    Multiple,
    /// In a row of a list.
    Spark,
}

impl Width {
    /// CSS pixels.
    pub fn px(self) -> u32 {
        match self {
            Self::Wide => 840,
            Self::Narrow => 352,
            Self::Double => 390,
            Self::Multiple => 268,
            Self::Spark => 300,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
            Self::Double => "double",
            Self::Multiple => "multiple",
            Self::Spark => "spark",
        }
    }
}

/// Why a panel could not be drawn; drawing into a string has no known way to fail.
#[derive(Debug, thiserror::Error)]
#[error("this picture could not be drawn")]
pub struct NotDrawn;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Plot<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Width of the left margin that the labels of a panel's y axis need, in CSS pixels. Panels that
/// share an x axis take the largest.
pub fn left_margin_px(panel: &Panel) -> i32 {
    let longest = panel.y.ticks.iter().map(|t| t.label.chars().count()).max();
    longest.map_or(BARE_LEFT_PX, |n| (n as f64 * ADVANCE_PX).ceil() as i32 + 14)
}

/// Data units that one CSS pixel must stand for, so that `across` and `up` units fit into a panel
/// drawn at a width, both axes without ticks and words, on the same scale; and the panel's height
/// in CSS pixels.
pub fn equal_scale(width: Width, across: f64, up: f64, most_px: u32) -> (f64, u32) {
    let plot_px = f64::from(width.px()) - f64::from(BARE_LEFT_PX + BARE_RIGHT_PX);
    let most = f64::from(most_px) - f64::from(2 * BARE_END_PX);
    let unit = (across / plot_px).max(up / most);
    (unit, (up / unit).ceil() as u32 + 2 * BARE_END_PX as u32)
}

/// Data units across and up that the plot of a bare panel of this height shows on that scale.
pub fn bare_extent(width: Width, unit: f64, height_px: u32) -> (f64, f64) {
    let across_px = f64::from(width.px()) - f64::from(BARE_LEFT_PX + BARE_RIGHT_PX);
    (unit * across_px, unit * (f64::from(height_px) - f64::from(2 * BARE_END_PX)))
}

/// Left margin of a panel without ticks, CSS pixels.
const BARE_LEFT_PX: i32 = 12;
/// Right margin of a panel without labels at its lines, CSS pixels.
const BARE_RIGHT_PX: i32 = 14;
/// Margin above and below a panel without ticks and words, CSS pixels.
const BARE_END_PX: i32 = 10;

/// Draws a panel as an `svg` element whose title and description carry ids that start with `id`.
///
/// # Errors
/// When the backend refuses a mark.
pub fn draw(panel: &Panel, width: Width, left_px: i32, id: &str) -> Result<String, NotDrawn> {
    let height = match width {
        Width::Wide => panel.height_px.0,
        Width::Narrow | Width::Double | Width::Multiple | Width::Spark => panel.height_px.1,
    };
    let (w, h) = (width.px() as i32 * SCALE, height as i32 * SCALE);
    let frame = Frame::of(panel, width, left_px, (w, h));
    let mut body = String::new();
    let mut hits = String::new();
    {
        let root: Area<'_> =
            SVGBackend::with_string(&mut body, (w as u32, h as u32)).into_drawing_area();
        let plot = root.apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            panel.x.low..panel.x.high,
            panel.y.low..panel.y.high,
            (frame.left..frame.right, frame.bottom..frame.top),
        ));
        let spans = ((panel.x.low, panel.x.high), (panel.y.low, panel.y.high));
        let pen = Pen { root, plot, spans, frame, width };
        pen.panel(panel).map_err(|_| NotDrawn)?;
        pen.hits(panel, &mut hits);
        pen.root.present().map_err(|_| NotDrawn)?;
    }
    Ok(wrap(&themed(&body), &hits, panel, width, (w, h), id))
}

/// Edges of the plot inside the drawing, in drawing units.
#[derive(Clone, Copy)]
struct Frame {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    /// Height of the row of marks between the x axis and its words.
    mark_row: i32,
}

/// Height of a row of marks under an axis, or width of a column of them beside one, in CSS pixels.
const MARK_ROW_PX: i32 = 15;

impl Frame {
    fn of(panel: &Panel, width: Width, left_px: i32, (w, h): (i32, i32)) -> Self {
        let end = panel.layers.iter().filter_map(|layer| match layer {
            Layer::Line { label: Some(text), .. } if width == Width::Wide => {
                Some((text.chars().count() as f64 * ADVANCE_PX) as i32 + 12)
            }
            _ => None,
        });
        let marked = |wanted: Along| {
            let on = |l: &Layer| matches!(l, Layer::Marks { along, .. } if *along == wanted);
            if panel.layers.iter().any(on) { MARK_ROW_PX } else { 0 }
        };
        let right_px =
            end.max().map_or(BARE_RIGHT_PX, |px| px.max(BARE_RIGHT_PX)) + marked(Along::Y);
        let silent = panel.x.ticks.iter().all(|tick| tick.label.is_empty());
        let foot_px = if silent { BARE_END_PX } else { 26 };
        let label_px = if panel.x.label.is_empty() { 0 } else { 20 };
        let head_px = if panel.y.label.is_empty() { BARE_END_PX } else { 30 };
        Self {
            left: left_px * SCALE,
            right: w - right_px * SCALE,
            top: head_px * SCALE,
            bottom: h - (foot_px + label_px + marked(Along::X)) * SCALE,
            mark_row: marked(Along::X) * SCALE,
        }
    }
}

/// Puts the drawn elements into an `svg` element that scales and speaks.
fn wrap(
    body: &str,
    hits: &str,
    panel: &Panel,
    width: Width,
    (w, h): (i32, i32),
    id: &str,
) -> String {
    let inner = body.split_once('>').map_or("", |(_, rest)| rest);
    let inner = inner.trim().trim_end_matches("</svg>").trim_end();
    let class = width.class();
    let mut out = String::with_capacity(inner.len() + hits.len() + 600);
    out.push_str(&format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         aria-labelledby=\"{id}-{class}-d\">"
    ));
    out.push_str(&format!("<desc id=\"{id}-{class}-d\">"));
    escape(&mut out, &panel.description);
    out.push_str("</desc>\n");
    out.push_str(inner);
    out.push('\n');
    out.push_str(hits);
    out.push_str("</svg>");
    out
}
