//! The two small pictures of a row, described: cadence at own pace over sixteen weeks, and the runs
//! of four weeks under the longest of the 30 days before each.

use jiff::civil::Date;

use super::athlete::{Athlete, CADENCE_DAYS, Drift, RUN_DAYS, Run};
use crate::charts::{Axis, Dashes, Dot, Layer, Panel, Scale, Tick, Tone, day_number};
use crate::quantities::{Quantities, day_month, signed};

/// Reach of the cadence picture to each side of the athlete's usual, spm: the same for everybody.
/// **chosen**: a run seldom lies further away; one that does is drawn at the edge.
const REACH_SPM: f64 = 8.0;
/// Fewest runs of a picture of cadence. **chosen**: two dots are no picture.
const FEWEST: usize = 3;
/// Height in CSS pixels.
const HEIGHT_PX: u32 = 74;
/// Room at both ends of time, days.
const ROOM_DAYS: f64 = 0.8;

/// Runs of the last so many days.
pub fn recent(athlete: &Athlete, today: Date, days: i32) -> impl Iterator<Item = &Run> {
    let inside = move |run: &&Run| (0..days).contains(&(today - run.session.day).get_days());
    athlete.runs.iter().filter(inside)
}

/// Cadence at own pace against the athlete's own usual; `None` with too few runs.
pub fn cadence(athlete: &Athlete, today: Date) -> Option<Panel> {
    let runs: Vec<&Run> = recent(athlete, today, CADENCE_DAYS).collect();
    let told: Vec<(&Run, f64)> =
        runs.iter().filter_map(|run| Some((*run, run.from_usual_spm?))).collect();
    if told.len() < FEWEST {
        return None;
    }
    let (low, high) =
        told.iter().fold((f64::MAX, f64::MIN), |(a, b), (_, v)| (a.min(*v), b.max(*v)));
    let x = days(today, CADENCE_DAYS);
    let mut layers = line(athlete.drift.as_ref(), x.low);
    let dots = told.iter().map(|(run, spm)| Dot {
        x: day_number(run.session.day),
        y: *spm,
        tone: Tone::You,
        hollow: spm.abs() > REACH_SPM,
        title: format!("{}: {} from usual", day_month(run.session.day), signed(*spm)),
    });
    layers.push(Layer::Dots { dots: dots.collect(), radius: 21 });
    layers.extend(
        runs.iter()
            .filter(|run| run.new_device)
            .map(|run| Layer::Break { x: day_number(run.session.day) - 0.5, label: String::new() }),
    );
    let tick = |at: f64| Tick { at, label: signed(at) };
    Some(Panel {
        title: None,
        subtitle: None,
        description: format!(
            "Cadence at own pace over sixteen weeks, {} runs, each against the athlete's own usual \
             with the same watch: from {} to {} steps a minute.",
            told.len(),
            signed(low),
            signed(high)
        ),
        x,
        y: Axis {
            label: String::new(),
            low: -REACH_SPM,
            high: REACH_SPM,
            ticks: vec![tick(-5.0), tick(0.0), tick(5.0)],
            narrow_every: 1,
            grid: true,
            scale: Scale::Quantity,
        },
        height_px: (HEIGHT_PX, HEIGHT_PX),
        layers,
    })
}

/// Ribbon and line of the recent trend, from where the picture begins.
fn line(drift: Option<&Drift>, from: f64) -> Vec<Layer> {
    let Some(Drift { span, line, slopes, .. }) = drift.copied() else { return Vec::new() };
    let (begin, end) = (day_number(span.0), day_number(span.1));
    if end <= begin || end <= from {
        return Vec::new();
    }
    let start = begin.max(from);
    let slope = (line.1 - line.0) / (end - begin);
    let (middle_x, middle) = ((begin + end) / 2.0, (line.0 + line.1) / 2.0);
    let mut layers = Vec::new();
    if let Some((low, high)) = slopes {
        let at = |x: f64| {
            let (a, b) = (middle + low * (x - middle_x), middle + high * (x - middle_x));
            (x, a.min(b), a.max(b))
        };
        let points = [start, middle_x.max(start), end].map(at).to_vec();
        layers.push(Layer::Ribbon { points, tone: Tone::You, strength: 0.18, label: None });
    }
    layers.push(Layer::Line {
        points: vec![(start, line.0 + slope * (start - begin)), (end, line.1)],
        tone: Tone::You,
        width: 20,
        dashed: Dashes::Solid,
        label: None,
    });
    layers
}

/// The runs of four weeks as lollipops; `None` without a distance.
pub fn runs(athlete: &Athlete, today: Date, said: Quantities) -> Option<Panel> {
    let told: Vec<(&Run, f64)> = recent(athlete, today, RUN_DAYS)
        .filter_map(|run| Some((run, run.session.distance_m?)))
        .collect();
    let longest = told.iter().map(|(_, metres)| *metres).reduce(f64::max)?;
    let over = told.iter().filter(|(run, _)| run.jumped).count();
    let mut ceiling: Vec<(f64, f64)> = Vec::new();
    for (run, _) in &told {
        let Some(metres) = run.longest_before_m else { continue };
        let at = day_number(run.session.day);
        if let Some((_, before)) = ceiling.last().copied() {
            ceiling.push((at, before));
        }
        ceiling.push((at, said.long(metres)));
    }
    let top = ceiling.iter().map(|(_, y)| *y).fold(said.long(longest), f64::max);
    let stems = told.iter().map(|(run, metres)| Dot {
        x: day_number(run.session.day),
        y: said.long(*metres),
        tone: if run.jumped { Tone::Warm } else { Tone::You },
        hollow: run.jumped,
        title: run.session.words(said),
    });
    let mut layers = vec![Layer::Line {
        points: ceiling,
        tone: Tone::Muted,
        width: 14,
        dashed: Dashes::Dashed,
        label: None,
    }];
    layers.push(Layer::Stems { stems: stems.collect(), radius: 30 });
    Some(Panel {
        title: None,
        subtitle: None,
        description: format!(
            "Runs of four weeks: {}, the longest {}; {over} far over the longest of the 30 days \
             before.",
            told.len(),
            said.distance(longest)
        ),
        x: days(today, RUN_DAYS),
        y: Axis::numbers("", 0.0, 1.08 * top, 2),
        height_px: (HEIGHT_PX, HEIGHT_PX),
        layers,
    })
}

/// So many days up to today; the head of the list says how many, so no day is written.
fn days(today: Date, days: i32) -> Axis {
    let end = day_number(today);
    Axis {
        label: String::new(),
        low: end - f64::from(days - 1) - ROOM_DAYS,
        high: end + ROOM_DAYS,
        ticks: Vec::new(),
        narrow_every: 1,
        grid: false,
        scale: Scale::Days,
    }
}
