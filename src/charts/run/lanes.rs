//! The panels of a run along its time, one quantity each.

use super::MINUTE_S;
use crate::charts::cadence_trend::BAND_SPM;
use crate::charts::{Axis, Bar, Dashes, Dot, Layer, Panel, Tone};
use crate::quantities::{Quantities, decimals, whole};
use crate::run::marked::Mark;
use crate::run::{Lane, Quantity, RunDetail};
use crate::stats::quantile;
use crate::trend::CadenceModel;

/// What the runner's other runs say of this one's step rate.
#[derive(Clone, Copy, Debug)]
pub struct Norm<'a> {
    /// The law of the device that recorded it.
    pub model: &'a CadenceModel,
}

/// Shares of a lane's values that its axis must hold: what lies beyond is drawn at the edge.
/// **chosen**: one wild value must not flatten the rest.
const AXIS_HOLDS: (f64, f64) = (0.01, 0.99);
/// Slope from which a piece of the height is coloured; as for hills everywhere.
const HILL: f64 = crate::metrics::hill_exposure::HILL;
/// Least span of the height axis, metres: a bridge must not look like a mountain. **chosen**.
const LEAST_HEIGHT_M: f64 = 30.0;
/// Least distance between two ticks of an axis, as a share of it. **chosen**: their words do not
/// touch at the height of a panel.
const LEAST_TICK_SHARE: f64 = 0.16;

/// The step rate that the norm gives at each span's speed and slope.
pub(super) fn expected(detail: &RunDetail, norm: Option<Norm<'_>>) -> Vec<Option<f64>> {
    let lanes = detail.lane(Quantity::Speed).zip(detail.lane(Quantity::StepRate));
    let (Some(norm), Some((speed, rate))) = (norm.filter(|_| !detail.indoor), lanes) else {
        return vec![None; detail.timeline.spans()];
    };
    let grade = detail.lane(Quantity::Grade);
    let each = speed.values.iter().zip(&rate.values).enumerate();
    each.map(|(i, (speed, rate))| {
        let slope = match grade {
            Some(lane) => lane.values.get(i).copied().flatten()?,
            None => 0.0,
        };
        rate.and(norm.model.expected((*speed)?, slope))
    })
    .collect()
}

/// One panel a lane, in order, on one time axis; only the last one carries its words.
pub(super) fn panels(
    detail: &RunDetail,
    expected: &[Option<f64>],
    sd_spm: Option<f64>,
    told: &[Told],
    said: Quantities,
) -> Vec<Panel> {
    let drawn = Drawn { detail, said };
    let mut panels: Vec<Panel> = Vec::new();
    for lane in &detail.lanes {
        let panel = match lane.quantity {
            Quantity::Speed => drawn.speed(lane),
            Quantity::StepRate => drawn.step_rate(lane, expected, sd_spm),
            Quantity::Height => drawn.height(lane),
            Quantity::Grade => None,
            Quantity::GroundContactTime => drawn.plain(lane, "ground contact time, ms", 1.0),
            Quantity::VerticalOscillation => {
                drawn.plain(lane, "vertical oscillation, cm", 1.0 / MM_PER_CM)
            }
            Quantity::ContactBalance => drawn.plain(lane, "left share of contact, %", 1.0),
            Quantity::HeartRate => drawn.plain(lane, "heart rate, beats a minute", 1.0),
            Quantity::Power => drawn.plain(lane, "power, W", 1.0),
        };
        panels.extend(panel);
    }
    let last = panels.len().saturating_sub(1);
    for (i, panel) in panels.iter_mut().enumerate() {
        if i == 0 {
            name_pauses(&mut panel.layers);
        }
        if i == last {
            panel.x.label = "minutes, timer on".to_owned();
            panel.height_px.0 += X_WORDS_PX;
            panel.height_px.1 += X_WORDS_PX;
        } else {
            for tick in &mut panel.x.ticks {
                tick.label.clear();
            }
        }
        if i < PANELS_WITH_HITS {
            panel.layers.push(hits(told, &panel.y));
        }
    }
    panels
}

/// What is said when a stretch of the time axis is pointed at.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Where it begins, seconds with the timer on.
    pub from_s: f64,
    /// Where it ends.
    pub to_s: f64,
    /// The values there.
    pub words: String,
}

/// Invisible columns over a panel that say the values there.
fn hits(told: &[Told], y: &Axis) -> Layer {
    let boxes = told.iter().map(|told| Bar {
        x: (told.from_s / MINUTE_S, told.to_s / MINUTE_S),
        y: (y.low, y.high),
        tone: Tone::Context,
        strength: 0.0,
        hollow: false,
        title: told.words.clone(),
    });
    Layer::Boxes { boxes: boxes.collect() }
}

/// Millimetres in a centimetre.
const MM_PER_CM: f64 = 10.0;
/// Height of the words under the last panel, CSS pixels.
const X_WORDS_PX: u32 = 36;
/// Panels that say their values when pointed at: each says all, so the first few do. **chosen**: a
/// page stays small.
const PANELS_WITH_HITS: usize = 3;
/// Pauses from this length on are named, seconds. **chosen**.
const NAMED_PAUSE_S: f64 = 60.0;
/// Pauses that are named at most. **chosen**: their words do not touch.
const MOST_NAMED: usize = 2;

/// Leaves words to the longest pauses only.
fn name_pauses(layers: &mut [Layer]) {
    let mut named = 0;
    for layer in layers.iter_mut() {
        if let Layer::Break { label, .. } = layer {
            named += usize::from(!label.is_empty());
        }
    }
    if named > MOST_NAMED {
        for layer in layers {
            if let Layer::Break { label, .. } = layer {
                label.clear();
            }
        }
    }
}

struct Drawn<'a> {
    detail: &'a RunDetail,
    said: Quantities,
}

impl Drawn<'_> {
    /// Minutes at the middle of a span.
    fn minute(&self, span: usize) -> f64 {
        let (from, to) = self.detail.timeline.span(span);
        (from + to) / 2.0 / MINUTE_S
    }

    fn x(&self) -> Axis {
        let total = (self.detail.timeline.total_s / MINUTE_S).max(1.0 / MINUTE_S);
        let mut x = Axis::numbers("", 0.0, total, 8);
        x.ticks.retain(|tick| tick.at <= total);
        (x.low, x.high) = (0.0, total);
        x.narrow_every = 2;
        x
    }

    fn panel(&self, y: Axis, height_px: (u32, u32), own: Vec<Layer>) -> Panel {
        let mut layers = self.marked(&y, own.iter().any(is_of_cadence));
        let description = format!(
            "{} over {} minutes of the run; the table below holds the values.",
            y.label,
            whole(self.detail.timeline.total_s / MINUTE_S)
        );
        layers.extend(own);
        layers.extend(self.pauses());
        Panel { title: None, subtitle: None, description, x: self.x(), y, height_px, layers }
    }

    /// Stretches that are no running or doubtful, behind everything.
    fn marked(&self, y: &Axis, cadence: bool) -> Vec<Layer> {
        let heart = y.label.starts_with("heart");
        let shown = |mark: Mark| match mark {
            Mark::Walking | Mark::Standing => true,
            Mark::Doubt(reason) => {
                if reason.starts_with("heart rate") {
                    heart
                } else {
                    cadence
                }
            }
        };
        let boxes: Vec<Bar> = self
            .detail
            .marked
            .iter()
            .filter(|m| shown(m.mark) && m.to_s > m.from_s)
            .map(|m| Bar {
                x: (m.from_s / MINUTE_S, m.to_s / MINUTE_S),
                y: (y.low, y.high),
                tone: tone_of(m.mark),
                strength: STRENGTH,
                hollow: false,
                title: String::new(),
            })
            .collect();
        if boxes.is_empty() { Vec::new() } else { vec![Layer::Boxes { boxes }] }
    }

    fn pauses(&self) -> Vec<Layer> {
        let each = self.detail.timeline.pauses.iter().map(|pause| Layer::Break {
            x: pause.at_s / MINUTE_S,
            label: if pause.duration_s >= NAMED_PAUSE_S {
                format!("pause {} min", whole(pause.duration_s / MINUTE_S))
            } else {
                String::new()
            },
        });
        each.collect()
    }

    /// A lane as lines, broken where the recording is; `scale` turns it into display units.
    fn lines(&self, lane: &Lane, scale: f64, tone: Tone, width: u32) -> Vec<Layer> {
        let (mut layers, mut lonely) = (Vec::new(), Vec::new());
        for (first, values) in lane.pieces() {
            let points: Vec<(f64, f64)> = values
                .iter()
                .enumerate()
                .map(|(k, value)| (self.minute(first + k), scale * value))
                .collect();
            if let [(x, y)] = *points {
                lonely.push(Dot { x, y, tone, hollow: false, title: String::new() });
            } else {
                let (dashed, label) = (Dashes::Solid, None);
                layers.push(Layer::Line { points, tone, width, dashed, label });
            }
        }
        if !lonely.is_empty() {
            layers.push(Layer::Dots { dots: lonely, radius: 12 });
        }
        layers
    }

    fn speed(&self, lane: &Lane) -> Option<Panel> {
        let (low, high) = held(lane, 1.0)?;
        let room = (0.08 * (high - low)).max(0.1);
        let mut y = Axis::paces(self.said, (low - room).max(0.3), high + room);
        y.grid = true;
        spread(&mut y);
        Some(self.panel(y, (132, 118), self.lines(lane, 1.0, Tone::You, 17)))
    }

    fn step_rate(
        &self,
        lane: &Lane,
        expected: &[Option<f64>],
        sd_spm: Option<f64>,
    ) -> Option<Panel> {
        let (low, high) = held(lane, 1.0)?;
        let y = Axis::numbers(
            "steps a minute",
            low.min(BAND_SPM.0 - BESIDE_BAND_SPM),
            high.max(BAND_SPM.1 + BESIDE_BAND_SPM),
            5,
        );
        let usual = Lane { quantity: Quantity::StepRate, values: expected.to_vec() };
        let (band_low, band_high) = BAND_SPM;
        let mut own =
            vec![Layer::Band { low: band_low, high: band_high, label: "170–180".to_owned() }];
        if let Some(sd) = sd_spm {
            for (first, values) in usual.pieces().iter().filter(|(_, values)| values.len() > 1) {
                let points = values.iter().enumerate();
                let points = points.map(|(k, v)| (self.minute(first + k), v - sd, v + sd));
                let (tone, strength, label) = (Tone::Context, 0.28, None);
                own.push(Layer::Ribbon { points: points.collect(), tone, strength, label });
            }
        }
        own.extend(self.lines(&usual, 1.0, Tone::Context, 14));
        own.extend(self.lines(lane, 1.0, Tone::You, 19));
        Some(self.panel(y, (190, 170), own))
    }

    fn height(&self, lane: &Lane) -> Option<Panel> {
        let scale = self.said.height_value(1.0);
        let highest = scale * lane.highest()?.max(LEAST_HEIGHT_M);
        let label = format!("{} above the lowest point", self.said.height_unit());
        let y = Axis::numbers(label, 0.0, highest, 3);
        let grade = self.detail.lane(Quantity::Grade);
        let slope = |i: usize| grade.and_then(|g| g.values.get(i).copied().flatten());
        let tone = |i: usize| match slope(i) {
            Some(g) if g >= HILL => Tone::Warm,
            Some(g) if g <= -HILL => Tone::Cool,
            _ => Tone::Context,
        };
        let mut own = Vec::new();
        for (first, values) in lane.pieces() {
            let point = |k: usize| {
                let z = values.get(k).copied().unwrap_or_default();
                (self.minute(first + k), 0.0, scale * z)
            };
            let mut from = 0;
            for k in 1..values.len() {
                if k + 1 == values.len() || tone(first + k) != tone(first + from) {
                    own.push(Layer::Ribbon {
                        points: (from..=k).map(point).collect(),
                        tone: tone(first + from),
                        strength: if tone(first + from) == Tone::Context { 0.35 } else { 0.75 },
                        label: None,
                    });
                    from = k;
                }
            }
        }
        own.extend(self.lines(lane, scale, Tone::Muted, 10));
        Some(self.panel(y, (112, 104), own))
    }

    fn plain(&self, lane: &Lane, label: &str, scale: f64) -> Option<Panel> {
        let (low, high) = held(lane, scale)?;
        let y = Axis::numbers(label, low, high, 3);
        Some(self.panel(y, (112, 104), self.lines(lane, scale, Tone::You, 15)))
    }
}

/// Room on both sides of the band, spm. **chosen**: its edges are seen.
const BESIDE_BAND_SPM: f64 = 3.0;
/// How strong a marked stretch is filled. **chosen**: seen, and the line on it read.
const STRENGTH: f64 = 0.22;

/// Colour of a marked stretch.
pub(super) fn tone_of(mark: Mark) -> Tone {
    match mark {
        Mark::Walking | Mark::Standing => Tone::Context,
        Mark::Doubt(_) => Tone::Warm,
    }
}

fn is_of_cadence(layer: &Layer) -> bool {
    matches!(layer, Layer::Band { .. })
}

/// Ends of an axis that holds nearly all of a lane.
fn held(lane: &Lane, scale: f64) -> Option<(f64, f64)> {
    let values: Vec<f64> = lane.known().map(|v| scale * v).collect();
    Some((quantile(&values, AXIS_HOLDS.0)?, quantile(&values, AXIS_HOLDS.1)?))
}

/// Leaves out ticks whose words would touch.
fn spread(axis: &mut Axis) {
    let least = LEAST_TICK_SHARE * (axis.high - axis.low);
    let mut last: Option<f64> = None;
    axis.ticks.retain(|tick| {
        let free = last.is_none_or(|at| (tick.at - at).abs() >= least);
        if free {
            last = Some(tick.at);
        }
        free
    });
}

/// A value of a lane in the reader's words, without its unit.
pub(super) fn digits(quantity: Quantity, value: f64, said: Quantities) -> String {
    match quantity {
        Quantity::Speed => said.pace_digits(value).unwrap_or_else(|| "–".to_owned()),
        Quantity::Height => whole(said.height_value(value)),
        Quantity::Grade => decimals(100.0 * value, 1),
        Quantity::VerticalOscillation => decimals(value / MM_PER_CM, 1),
        Quantity::ContactBalance => decimals(value, 1),
        _ => whole(value),
    }
}
