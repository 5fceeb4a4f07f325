//! Which part of the load grew: how often, how long, how fast, week by week.

use super::weeks::{self, last_weeks};
use super::{
    Axis, Chart, ChartEntry, Dashes, Dot, Layer, Layout, Panel, Section, Table, Tone, day_number,
};
use crate::quantities::{Quantities, day_month, decimals, share, whole};
use crate::settings::Settings;
use crate::trend::{History, Week};

/// The chart.
pub const CHART: ChartEntry = ChartEntry { id: "load_parts", section: Section::Load, describe };

/// Fewest weeks with a run that make a line worth drawing. **chosen**
const FEWEST_WEEKS: usize = 4;

/// One of the three parts.
struct Subject {
    title: &'static str,
    unit: &'static str,
    subtitle: String,
    of: fn(&Week) -> Option<f64>,
}

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let weeks = last_weeks(history);
    let full: Vec<&Week> = weeks.iter().filter(|w| w.complete).collect();
    let run_in = full.iter().filter(|w| !w.runs.is_empty()).count();
    let (Some(axis), true) = (weeks::axis(weeks), run_in >= FEWEST_WEEKS) else {
        return Err("How often, how long and how fast need four full weeks with runs.".to_owned());
    };
    let said = Quantities::new(settings.display);
    let fast = history.fast_from_m_s.map(|v| format!("faster than {}", said.pace(v)));
    let subjects = [
        Subject {
            title: "How often",
            unit: "runs a week",
            subtitle: String::new(),
            of: |w| Some(w.frequency() as f64),
        },
        Subject {
            title: "How long",
            unit: "minutes a run",
            subtitle: String::new(),
            of: |w| w.mean_duration_s().map(|s| s / 60.0),
        },
        Subject {
            title: "How fast",
            unit: "% of running",
            subtitle: fast.unwrap_or_default(),
            of: |w| w.fast_share.map(|s| 100.0 * s),
        },
    ];
    let panels: Vec<Panel> =
        subjects.iter().filter_map(|s| panel(&full, s, axis.clone())).collect();
    Ok(Chart {
        id: CHART.id,
        title: "How often, how long, how fast",
        takeaway: takeaway(&full),
        key: Vec::new(),
        panels,
        layout: Layout::Multiples,
        details: vec![
            format!("{} full weeks; a week that is not over is left out.", full.len()),
            "Fast is your own: the pace that four fifths of your steady running stays under."
                .to_owned(),
        ],
        table: table(&full),
        metrics: &["distance", "timer", "speed"],
    })
}

fn panel(weeks: &[&Week], subject: &Subject, mut x: Axis) -> Option<Panel> {
    let values: Vec<(&Week, f64)> =
        weeks.iter().filter_map(|w| Some((*w, (subject.of)(w)?))).collect();
    let most = values.iter().map(|v| v.1).fold(0.0, f64::max);
    let (last, now) = values.last()?;
    x.narrow_every = x.ticks.len().div_ceil(3).max(1);
    let dots = values.iter().map(|(week, value)| Dot {
        x: day_number(week.monday),
        y: *value,
        tone: if week.monday == last.monday { Tone::You } else { Tone::Context },
        hollow: false,
        title: format!("Week of {}: {} {}", day_month(week.monday), whole(*value), subject.unit),
    });
    let line = Layer::Line {
        points: values.iter().map(|(w, v)| (day_number(w.monday), *v)).collect(),
        tone: Tone::Context,
        width: 14,
        dashed: Dashes::Solid,
        label: None,
    };
    Some(Panel {
        title: Some(subject.title.to_owned()),
        subtitle: (!subject.subtitle.is_empty()).then(|| subject.subtitle.clone()),
        description: format!(
            "{} by week; the last full week had {} {}.",
            subject.title,
            whole(*now),
            subject.unit
        ),
        x,
        y: Axis::numbers(subject.unit, 0.0, most.max(1.0), 3),
        height_px: (150, 150),
        layers: vec![line, Layer::Dots { dots: dots.collect(), radius: 32 }],
    })
}

fn takeaway(weeks: &[&Week]) -> String {
    let Some(last) = weeks.last() else { return String::new() };
    let duration = last
        .mean_duration_s()
        .map(|s| format!(" of {} minutes on average", whole(s / 60.0)))
        .unwrap_or_default();
    let runs = match last.frequency() {
        1 => "1 run".to_owned(),
        n => format!("{n} runs"),
    };
    format!("Last full week: {runs}{duration}.")
}

fn table(weeks: &[&Week]) -> Table {
    let dash = || "–".to_owned();
    let rows = weeks.iter().map(|week| {
        vec![
            day_month(week.monday),
            week.frequency().to_string(),
            week.mean_duration_s().map_or_else(dash, |s| decimals(s / 60.0, 0)),
            week.fast_share.map_or_else(dash, share),
        ]
    });
    let columns = ["Week of", "Runs", "Minutes a run", "Fast"];
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}
