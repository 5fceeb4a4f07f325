//! The shape of a run, coloured by cadence and by slope. It is drawn from the run's own path with
//! the same scale along both sides, and shows neither where it lies nor where north is.

use super::signs::{Sheet, scale_bar};
use crate::charts::svg::{Width, bare_extent, equal_scale};
use crate::charts::{Axis, Chart, Dashes, KeyItem, Layer, Layout, Panel, Swatch, Table, Tone};
use crate::quantities::{Quantities, decimals, share, whole};
use crate::run::RunDetail;
use crate::run::route::{Point, Shape};
use crate::settings::Settings;
use crate::stats::median;

/// Highest drawing, CSS pixels. **chosen**: a screen of a phone.
const MOST_PX: u32 = 430;
/// Room around the shape, as a part of its extent. **chosen**: marks at its edge are whole.
const ROOM: f64 = 0.07;
/// Room under the shape for the scale bar, as a part of its larger extent. **chosen**.
const BAR_ROOM: f64 = 0.13;
/// Height of the scale bar over the foot of the picture, as a part of the larger extent. **chosen**
const BAR_UP: f64 = 0.05;
/// Room for letters above and below the shape, CSS pixels, where there are more than a few places.
const LETTERS_PX: f64 = 26.0;
/// Places that find room anywhere. **chosen**
const FEW_PLACES: usize = 3;
/// Steps a minute between two colours. **chosen**: what a runner can tell apart.
const CLASS_SPM: f64 = 4.0;
/// Edges of the slopes' colours, rise over run; those of the hill bands.
const SLOPES: [f64; 2] = [0.03, 0.06];
/// One piece of colour. What it means is told by width and kind of line as well, so that it is
/// read without colours.
struct Class {
    tone: Tone,
    words: String,
    /// Width of its line in tenths of a CSS pixel: more steps and steeper slopes are wider.
    width: u32,
    /// Downhill is hollow.
    line: Dashes,
}

impl Class {
    fn swatch(&self) -> Swatch {
        match self.line {
            Dashes::Hollow => Swatch::Rail,
            _ if self.width >= THICK => Swatch::Thick,
            _ => Swatch::Line,
        }
    }
}

/// Lines from this width on are thick in the key, in tenths of a CSS pixel.
const THICK: u32 = 50;

/// The shape coloured by cadence and, where slopes are known, by slope; none without a shape.
pub fn shapes(detail: &RunDetail, shape: &Shape, settings: &Settings) -> Vec<Chart> {
    let said = Quantities::new(settings.display);
    let by_cadence = by_cadence(detail, shape, said);
    let by_slope = by_slope(detail, shape, said);
    let mut charts: Vec<Chart> = by_cadence.into_iter().chain(by_slope).collect();
    if charts.is_empty() {
        charts.push(plain(detail, shape, said));
    }
    charts
}

fn by_cadence(detail: &RunDetail, shape: &Shape, said: Quantities) -> Option<Chart> {
    let rates: Vec<f64> = points(shape).filter_map(|p| p.step_rate_spm).collect();
    let middle = median(&rates)?.round();
    let edge = |k: f64| middle + k * CLASS_SPM;
    let edges = [edge(-1.5), edge(-0.5), edge(0.5), edge(1.5)];
    let class = |spm: f64| edges.iter().filter(|e| spm >= **e).count();
    let words = |class: usize| match class {
        0 => format!("under {}", whole(edges[0])),
        4 => format!("{} and more", whole(edges[3])),
        k => {
            let from = edges.get(k - 1).copied().unwrap_or_default();
            format!("{} to {}", whole(from), whole(from + CLASS_SPM))
        }
    };
    let class_of = |k: u8| Class {
        tone: Tone::Speed(k),
        words: words(k.into()),
        width: 26 + 8 * u32::from(k),
        line: Dashes::Solid,
    };
    let classes: Vec<Class> = (0..5).map(class_of).collect();
    let of = |p: &Point| p.step_rate_spm.map(class);
    let mut chart = chart(detail, shape, said, &classes, of);
    chart.id = "route-cadence";
    chart.title = "Route by steps a minute";
    chart.takeaway = format!(
        "Half of the route was run with fewer than {} steps a minute, half with more.",
        whole(middle)
    );
    chart.table = by_class(shape, &classes, of, "Steps a minute", said);
    chart.table.rows.push(vec![
        "Middle of all".to_owned(),
        format!("{} steps a minute", whole(middle)),
        String::new(),
    ]);
    Some(chart)
}

fn by_slope(detail: &RunDetail, shape: &Shape, said: Quantities) -> Option<Chart> {
    let [gentle, steep] = SLOPES;
    // Level ground has nothing to colour.
    points(shape).find(|p| p.grade.is_some_and(|g| g.abs() >= gentle))?;
    let percent = |share: f64| decimals(100.0 * share, 0);
    let class = |grade: f64| match grade {
        g if g >= steep => 0,
        g if g >= gentle => 1,
        g if g > -gentle => 2,
        g if g > -steep => 3,
        _ => 4,
    };
    let classes = [
        (Tone::WarmDeep, format!("up {} % and more", percent(steep)), 60, Dashes::Solid),
        (Tone::Warm, format!("up {} to {} %", percent(gentle), percent(steep)), 42, Dashes::Solid),
        (Tone::Context, "level".to_owned(), 24, Dashes::Solid),
        (
            Tone::Cool,
            format!("down {} to {} %", percent(gentle), percent(steep)),
            46,
            Dashes::Hollow,
        ),
        (Tone::CoolDeep, format!("down {} % and more", percent(steep)), 66, Dashes::Hollow),
    ];
    let classes = classes.map(|(tone, words, width, line)| Class { tone, words, width, line });
    let of = |p: &Point| p.grade.map(class);
    let mut chart = chart(detail, shape, said, &classes, of);
    chart.id = "route-slope";
    chart.title = "Route by slope";
    let metres = metres_by(shape, classes.len(), of);
    let down: f64 = metres.iter().skip(3).sum();
    let all: f64 = metres.iter().sum();
    chart.takeaway = if all > 0.0 {
        format!(
            "{} of what is drawn went down by {} % and more.",
            share(down / all),
            percent(gentle)
        )
    } else {
        "How steep it was is not known here.".to_owned()
    };
    chart.table = by_class(shape, &classes, of, "Slope", said);
    let row = vec!["All down".to_owned(), said.length(down), share(down / all.max(1.0))];
    chart.table.rows.push(row);
    Some(chart)
}

/// The shape in one colour, where neither cadence nor slope is known.
fn plain(detail: &RunDetail, shape: &Shape, said: Quantities) -> Chart {
    let classes =
        [Class { tone: Tone::You, words: "the route".to_owned(), width: 30, line: Dashes::Solid }];
    let mut chart = chart(detail, shape, said, &classes, |_| Some(0));
    chart.takeaway = "The file has neither cadence nor trusted heights to colour it by.".to_owned();
    chart.table = by_class(shape, &classes, |_| Some(0), "Part", said);
    chart
}

fn points(shape: &Shape) -> impl Iterator<Item = &Point> {
    shape.pieces.iter().flatten()
}

/// The picture without its words.
fn chart(
    detail: &RunDetail,
    shape: &Shape,
    said: Quantities,
    classes: &[Class],
    class: impl Fn(&Point) -> Option<usize>,
) -> Chart {
    let long = shape.width_m.max(shape.height_m);
    // Along a flat shape there is no room for letters between its line and the picture's edge.
    let letters = if detail.places.len() > FEW_PLACES { LETTERS_PX } else { 0.0 };
    let room = ROOM * long + letters * long / f64::from(Width::Narrow.px());
    let below = room + BAR_ROOM * long;
    let (across, up) = (shape.width_m + 2.0 * ROOM * long, shape.height_m + room + below);
    let (unit, height_px) = equal_scale(Width::Narrow, across, up, MOST_PX);
    let (wide, high) = bare_extent(Width::Narrow, unit, height_px);
    // The shape stands in the middle, the bar at its foot.
    let left = -(wide - shape.width_m) / 2.0;
    let line = beside(shape, BESIDE_PX * unit);
    let mut layers = lines(&line, classes, class);
    let bar_at = (left + ROOM * long, BAR_UP * long - below);
    let room = ((left, BAR_ROOM * long - below), (left + wide, high - below));
    layers.extend(Sheet { shape, line: &line, unit, room, said }.signs(detail));
    layers.extend(scale_bar(shape, bar_at, said));
    let used = classes.iter().map(|c| KeyItem::new(c.swatch(), c.tone, c.words.clone()));
    Chart {
        id: "route",
        title: "Route",
        takeaway: String::new(),
        key: used.collect(),
        panels: vec![Panel {
            title: None,
            subtitle: None,
            description: "The run's own path seen from above, without a map; its surroundings of \
                          start and end are left out, and up is not north."
                .to_owned(),
            x: Axis::bare(left, left + wide),
            y: Axis::bare(-below, high - below),
            height_px: (height_px, height_px),
            layers,
        }],
        layout: Layout::Half,
        details: vec![
            "Drawn from the run's own positions without a map. The surroundings of start and end \
             (200 to 400 m, different for each run) are left out wherever the run came there, and \
             the picture is turned: up is not north."
                .to_owned(),
            "The line runs a little to the right of the path, so that a way back lies beside the \
             way out."
                .to_owned(),
        ],
        table: Table::default(),
        metrics: &[],
    }
}

/// How far a line stands to the right of the path, CSS pixels: so that a way out and the way back
/// on the same road are two lines. **chosen**: half a line and a little air.
const BESIDE_PX: f64 = 2.6;

/// The shape a little to the right of itself, in the direction of running.
pub(super) fn beside(shape: &Shape, offset_m: f64) -> Shape {
    let moved = |piece: &Vec<Point>| -> Vec<Point> {
        let each = piece.iter().enumerate().map(|(i, point)| {
            let (a, b) = (piece.get(i.saturating_sub(1)), piece.get(i + 1).or(piece.get(i)));
            let (Some(a), Some(b)) = (a, b) else { return *point };
            let (dx, dy) = (b.x_m - a.x_m, b.y_m - a.y_m);
            let long = dx.hypot(dy);
            if long <= 0.0 {
                return *point;
            }
            let (x_m, y_m) = (point.x_m + offset_m * dy / long, point.y_m - offset_m * dx / long);
            Point { x_m, y_m, ..*point }
        });
        each.collect()
    };
    Shape { pieces: shape.pieces.iter().map(moved).collect(), ..*shape }
}

/// The path as lines of one colour each; where nothing is known it is thin and quiet.
fn lines(shape: &Shape, classes: &[Class], class: impl Fn(&Point) -> Option<usize>) -> Vec<Layer> {
    let mut layers = Vec::new();
    for piece in &shape.pieces {
        let mut from = 0;
        let last = piece.len().saturating_sub(1);
        let of = |k: usize| piece.get(k).and_then(&class);
        for k in 1..=last {
            if k < last && of(k) == of(from) {
                continue;
            }
            let points = piece.get(from..=k).unwrap_or_default();
            let (tone, width, dashed) = match of(from).and_then(|c| classes.get(c)) {
                Some(class) => (class.tone, class.width, class.line),
                None => (Tone::Muted, 10, Dashes::Solid),
            };
            layers.push(Layer::Line {
                points: points.iter().map(|p| (p.x_m, p.y_m)).collect(),
                tone,
                width,
                dashed,
                label: None,
            });
            from = k;
        }
    }
    // Quiet lines lie below coloured ones where the path crosses itself.
    layers.sort_by_key(|layer| match layer {
        Layer::Line { width, .. } => *width,
        _ => 0,
    });
    layers
}

/// Metres of the drawn route in each class.
fn metres_by(shape: &Shape, classes: usize, class: impl Fn(&Point) -> Option<usize>) -> Vec<f64> {
    let mut metres = vec![0.0; classes];
    for pair in shape.pieces.iter().flat_map(|piece| piece.windows(2)) {
        let [a, b] = pair else { continue };
        if let Some(sum) = class(a).and_then(|c| metres.get_mut(c)) {
            *sum += (b.from_m - a.from_m).max(0.0);
        }
    }
    metres
}

fn by_class(
    shape: &Shape,
    classes: &[Class],
    class: impl Fn(&Point) -> Option<usize>,
    what: &str,
    said: Quantities,
) -> Table {
    let metres = metres_by(shape, classes.len(), class);
    let all: f64 = metres.iter().sum::<f64>().max(1.0);
    let rows = classes
        .iter()
        .zip(metres)
        .map(|(class, metres)| vec![class.words.clone(), said.length(metres), share(metres / all)]);
    let columns = [what, "Distance drawn", "Share"].map(str::to_owned);
    Table { columns: columns.to_vec(), rows: rows.collect() }
}
