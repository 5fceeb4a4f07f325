//! The two pictures of a row, described: cadence at own pace over sixteen weeks, and the runs of
//! four weeks under the longest of the 30 days before each. Width, days and units are those of
//! every other row.

use jiff::civil::Date;

use super::athlete::{Athlete, CADENCE_DAYS, Drift, RUN_DAYS, Run};
use super::fault::Fault;
use crate::charts::{Axis, Dashes, Dot, Layer, NoteSide, Panel, Scale, Tick, Tone, day_number};
use crate::findings::say;
use crate::quantities::{Quantities, counted, day_month, signed};

/// Reach of the cadence picture to each side of the athlete's usual, spm: the same for everybody.
/// **chosen**: a run seldom lies further away; one that does is drawn at the edge.
const REACH_SPM: f64 = 8.0;
/// Room below that reach for the crosses, spm.
const CROSS_ROOM_SPM: f64 = 3.0;
/// The same in the picture of runs, as a part of its height.
const CROSS_ROOM: f64 = 0.16;
/// Fewest runs of a picture of cadence. **chosen**: two dots are no picture.
const FEWEST: usize = 3;
/// Height in CSS pixels.
const HEIGHT_PX: u32 = 136;
/// Room at both ends of time, days, as a part of all of them.
const ROOM: f64 = 0.03;
/// Half the width of a cross in tenths of a CSS pixel.
const CROSS: u32 = 36;

/// What the pictures of a squad share.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Last day.
    pub today: Date,
    /// The day since which news is told.
    pub since: Option<Date>,
    /// The coach's units.
    pub said: Quantities,
}

/// Runs of the last so many days.
pub fn recent(athlete: &Athlete, today: Date, days: i32) -> impl Iterator<Item = &Run> {
    let inside = move |run: &&Run| (0..days).contains(&(today - run.session.day).get_days());
    athlete.runs.iter().filter(inside)
}

/// Days of a picture on which a recording was at fault, with what was: the same that it marks.
pub fn at_fault(
    athlete: &Athlete,
    today: Date,
    days: i32,
    touches: fn(Fault) -> bool,
) -> Vec<(Date, Vec<Fault>)> {
    let faults = |run: &Run| {
        let faults: Vec<Fault> = run.faults.iter().copied().filter(|f| touches(*f)).collect();
        (!faults.is_empty()).then_some((run.session.day, faults))
    };
    recent(athlete, today, days).filter_map(faults).collect()
}

/// Cadence at own pace against the athlete's own usual; `None` with too few runs.
pub fn cadence(athlete: &Athlete, shown: Shown) -> Option<Panel> {
    let runs: Vec<&Run> = recent(athlete, shown.today, CADENCE_DAYS).collect();
    let told: Vec<(&Run, f64)> =
        runs.iter().filter_map(|run| Some((*run, run.from_usual_spm?))).collect();
    if told.len() < FEWEST {
        return None;
    }
    let (low, high) =
        told.iter().fold((f64::MAX, f64::MIN), |(a, b), (_, v)| (a.min(*v), b.max(*v)));
    let x = days(shown.today, CADENCE_DAYS);
    let mut layers = line(athlete.drift.as_ref(), x.low);
    let dots = told.iter().map(|(run, spm)| Dot {
        x: day_number(run.session.day),
        y: spm.clamp(-REACH_SPM, REACH_SPM),
        tone: Tone::You,
        hollow: spm.abs() > REACH_SPM,
        title: format!("{}: {} from usual", day_month(run.session.day), signed(*spm)),
    });
    layers.push(Layer::Dots { dots: dots.collect(), radius: 24 });
    layers.extend(
        runs.iter()
            .filter(|run| run.new_device)
            .map(|run| Layer::Break { x: day_number(run.session.day) - 0.5, label: String::new() }),
    );
    let bottom = -REACH_SPM - CROSS_ROOM_SPM;
    let faults = at_fault(athlete, shown.today, CADENCE_DAYS, Fault::is_of_cadence);
    layers.extend(crosses(&faults, bottom + CROSS_ROOM_SPM / 2.0));
    layers.extend(since(shown.since, &x, (bottom, REACH_SPM)));
    let tick = |at: f64| Tick { at, label: signed(at) };
    Some(Panel {
        title: None,
        subtitle: None,
        description: format!(
            "Cadence at own pace over sixteen weeks, {} runs, each against the athlete's own usual \
             with the same watch: from {} to {} steps a minute.{}",
            told.len(),
            signed(low),
            signed(high),
            fault_words(&faults).map(|words| format!(" {words}")).unwrap_or_default(),
        ),
        x,
        y: Axis {
            label: "steps a minute from own usual".into(),
            low: bottom,
            high: REACH_SPM,
            ticks: vec![tick(-REACH_SPM), tick(0.0), tick(REACH_SPM)],
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

/// A cross for each day on which the recording was at fault.
fn crosses(faults: &[(Date, Vec<Fault>)], y: f64) -> Option<Layer> {
    let crosses = faults.iter().map(|(day, faults)| Dot {
        x: day_number(*day),
        y,
        tone: Tone::Ink,
        hollow: false,
        title: format!("{}: {}", day_month(*day), words_of(faults)),
    });
    (!faults.is_empty()).then(|| Layer::Crosses { crosses: crosses.collect(), radius: CROSS })
}

/// What was at fault: `cadence read zero while running, heart rate followed cadence`.
pub fn words_of(faults: &[Fault]) -> String {
    faults.iter().map(|fault| fault.words()).collect::<Vec<_>>().join(", ")
}

/// Days named under a picture before the rest is only counted. **chosen**
const DAYS_NAMED: usize = 4;

/// The days that crosses stand for, in words; `None` without one.
pub fn fault_words(faults: &[(Date, Vec<Fault>)]) -> Option<String> {
    let shown = faults.get(faults.len().saturating_sub(DAYS_NAMED)..)?;
    let days: Vec<String> = shown.iter().map(|(day, _)| day_month(*day)).collect();
    let more = match faults.len() - shown.len() {
        0 => String::new(),
        n => format!(" and on {}", counted(n, "earlier day", "earlier days")),
    };
    (!faults.is_empty()).then(|| format!("Faulty data on {}{more}.", say::listed(&days)))
}

/// An upright line at the day since which news is told, with its name; nothing outside the picture.
fn since(day: Option<Date>, x: &Axis, (bottom, top): (f64, f64)) -> Vec<Layer> {
    let Some(day) = day else { return Vec::new() };
    // Before the first run of that day.
    let at = day_number(day) - 0.5;
    if at <= x.low || at >= x.high {
        return Vec::new();
    }
    let text = format!("since {}", day_month(day));
    let side = if at > (x.low + x.high) / 2.0 { NoteSide::Left } else { NoteSide::Right };
    let inside = top - 0.07 * (top - bottom);
    vec![
        Layer::Line {
            points: vec![(at, bottom), (at, top)],
            tone: Tone::Ink,
            width: 14,
            dashed: Dashes::Solid,
            label: None,
        },
        Layer::Note { at: (at, inside), text, tone: Tone::Ink, side },
    ]
}

/// The runs of four weeks as lollipops; `None` without a distance.
pub fn runs(athlete: &Athlete, shown: Shown) -> Option<Panel> {
    let Shown { today, said, .. } = shown;
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
    let highest = ceiling.iter().map(|(_, y)| *y).fold(said.long(longest), f64::max);
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
    layers.push(Layer::Stems { stems: stems.collect(), radius: 32 });
    let x = days(today, RUN_DAYS);
    let mut y = Axis::numbers(format!("{} a run", said.long_unit()), 0.0, 1.08 * highest, 2);
    // The same room below zero for everybody, so that all pictures of runs stand on one height.
    let (top, room) = (y.high, CROSS_ROOM * y.high);
    y.low = -room;
    let faults = at_fault(athlete, today, RUN_DAYS, Fault::is_of_distance);
    layers.extend(crosses(&faults, -room / 2.0));
    layers.extend(since(shown.since, &x, (y.low, top)));
    Some(Panel {
        title: None,
        subtitle: None,
        description: format!(
            "Runs of four weeks: {}, the longest {}; {over} far over the longest of the 30 days \
             before.{}",
            told.len(),
            said.distance(longest),
            fault_words(&faults).map(|words| format!(" {words}")).unwrap_or_default(),
        ),
        x,
        y,
        height_px: (HEIGHT_PX, HEIGHT_PX),
        layers,
    })
}

/// So many days up to today, the first and the last of them written.
fn days(today: Date, days: i32) -> Axis {
    let first = today.saturating_sub(jiff::Span::new().days(days - 1));
    let tick = |day: Date| Tick { at: day_number(day), label: day_month(day) };
    let room = (ROOM * f64::from(days)).max(0.8);
    Axis {
        label: String::new(),
        low: day_number(first) - room,
        high: day_number(today) + room,
        ticks: vec![tick(first), tick(today)],
        narrow_every: 1,
        grid: false,
        scale: Scale::Days,
    }
}
