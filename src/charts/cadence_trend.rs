//! Step rate run by run: what was measured, shaded by speed, and the line at the runner's own
//! reference speed.

use super::bins::{self, Grouping, middle_halves, put_together};
use super::run_values::Value;
use super::trend_lines::{at_own_pace, usual_pace};
use super::{
    Axis, Chart, ChartEntry, Dot, FEWEST_DRAWN, KeyItem, Layer, Layout, Panel, Section, Swatch,
    Table, Tone, day_number, radius,
};
use crate::findings::lately;
use crate::quantities::{self, Quantities, day, day_month, whole};
use crate::settings::Settings;
use crate::stats::weighted_mean;
use crate::trend::{History, Series, Sureness, Trend};

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "cadence_trend", section: Section::Cadence, describe };

/// Lower and upper edge of the widely cited band. Source: `science` 0.1: a reference line.
pub const BAND_SPM: (f64, f64) = (170.0, 180.0);
/// Runs in a row from which another device is a change and no excursion. **chosen**
const LEAST_STRETCH: usize = 3;
/// Heads of the table.
const COLUMNS: [&str; 4] =
    ["Date", "Steps a minute, as run", "Pace of the run", "Steps a minute at your usual pace"];
/// Number of shades from slow to fast.
const SHADES: f64 = 5.0;

/// One run as the chart needs it.
struct Run {
    index: usize,
    x: f64,
    raw_spm: f64,
    speed_m_s: Option<f64>,
}

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let runs = measured(history);
    let (Some(first), Some(last)) = (history.days.first(), history.days.last()) else {
        return Err("No runs yet.".to_owned());
    };
    if runs.is_empty() {
        return Err("No step rate in these files. The watch's original FIT files carry it; \
                    a GPX export often does not."
            .to_owned());
    }
    let said = Quantities::new(settings.display);
    if runs.len() < FEWEST_DRAWN {
        let so_far = takeaway(history, None, &runs, said);
        return Err(format!("{so_far} A line over time needs three runs, a trend twelve."));
    }
    let adjusted = history.series_of("adjusted_cadence");
    let lines = adjusted.map(|a| at_own_pace(history, a)).unwrap_or_default();
    let mut layers = vec![Layer::Band {
        low: BAND_SPM.0,
        high: BAND_SPM.1,
        label: "170–180, general guidance".to_owned(),
    }];
    layers.extend(lines.iter().map(|(ribbon, _)| ribbon.clone()));
    let grouping = Grouping::of_values(history, &rates(&runs));
    layers.extend(match grouping {
        Grouping::Run => {
            vec![Layer::Dots { dots: dots(history, &runs, said), radius: radius(runs.len(), 42) }]
        }
        _ => groups(history, &runs, grouping),
    });
    layers.extend(lines.into_iter().map(|(_, line)| line));
    layers.extend(device_breaks(history));
    let low = runs.iter().map(|r| r.raw_spm - 1.0).fold(BAND_SPM.0 - 5.0, f64::min);
    let high = runs.iter().map(|r| r.raw_spm + 1.0).fold(BAND_SPM.1 + 1.0, f64::max);
    let takeaway = takeaway(history, adjusted, &runs, said);
    Ok(Chart {
        id: CHART.id,
        title: "Cadence over time",
        panels: vec![Panel {
            title: None,
            subtitle: grouping.says(),
            description: format!(
                "One dot a {}, {} runs, step rate against date. {takeaway}",
                grouping.word(),
                runs.len()
            ),
            x: Axis::days(*first, *last),
            y: Axis::numbers("steps a minute", low, high, 6),
            height_px: (330, 280),
            layers,
        }],
        takeaway,
        key: key(history, &runs, adjusted, grouping, said),
        layout: Layout::Full,
        details: details(history, adjusted, said)
            .into_iter()
            .chain(grouping.detail(runs.len()))
            .collect(),
        table: match grouping {
            Grouping::Run => table(history, &runs, said),
            _ => table_of_groups(history, &runs, grouping, said),
        },
        metrics: &["step_rate", "adjusted_cadence"],
    })
}

fn measured(history: &History) -> Vec<Run> {
    let each = history.runs.iter().zip(&history.days).enumerate();
    each.filter_map(|(index, (run, day))| {
        Some(Run {
            index,
            x: day_number(*day),
            raw_spm: run.value("step_rate")?,
            speed_m_s: mean_speed(run),
        })
    })
    .collect()
}

/// Mean speed of a run's segments, weighted by time.
fn mean_speed(run: &crate::Analysis) -> Option<f64> {
    weighted_mean(run.pieces.paces().map(|p| (p.speed_m_s, p.duration_s)))
}

/// The step rates alone.
fn rates(runs: &[Run]) -> Vec<Value> {
    let value = |r: &Run| Value { run: r.index, value: r.raw_spm, estimated: false };
    runs.iter().map(value).collect()
}

/// Runs put together: pace differs inside a group, so its dots are not shaded by it.
fn groups(history: &History, runs: &[Run], grouping: Grouping) -> Vec<Layer> {
    let bins = put_together(history, &rates(runs), grouping);
    let mut layers = middle_halves(&bins, grouping);
    let dots = bins.iter().map(|bin| Dot {
        x: bin.x,
        y: bin.quartiles.1,
        tone: Tone::Context,
        hollow: false,
        title: bin.said(grouping, |v| format!("{} steps a minute", whole(v))),
    });
    layers.push(Layer::Dots { dots: dots.collect(), radius: radius(bins.len(), 42) });
    layers
}

fn table_of_groups(history: &History, runs: &[Run], grouping: Grouping, said: Quantities) -> Table {
    let speeds: Vec<Value> = runs
        .iter()
        .filter_map(|r| Some(Value { run: r.index, value: r.speed_m_s?, estimated: false }))
        .collect();
    let adjusted = usual_pace(history);
    let adjusted: Vec<Value> = runs
        .iter()
        .filter_map(|r| Some(Value { run: r.index, value: adjusted(r.index)?, estimated: false }))
        .collect();
    let (rates, tenth, pace) = (rates(runs), |v| quantities::decimals(v, 1), |v| said.pace(v));
    let [_, rate, at, usual] = COLUMNS.map(str::to_owned);
    let columns = [
        bins::Column { head: rate, values: &rates, say: &tenth },
        bins::Column { head: at, values: &speeds, say: &pace },
        bins::Column { head: usual, values: &adjusted, say: &tenth },
    ];
    bins::table(history, grouping, &columns)
}

fn dots(history: &History, runs: &[Run], said: Quantities) -> Vec<Dot> {
    let speeds = runs.iter().filter_map(|r| r.speed_m_s);
    let (slow, fast) = speeds.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
    let shade = |v: f64| {
        let place = if fast > slow { (v - slow) / (fast - slow) } else { 0.5 };
        Tone::Speed((place * SHADES).clamp(0.0, SHADES - 1.0) as u8)
    };
    runs.iter()
        .map(|r| {
            let date = history.days.get(r.index).map(|d| day_month(*d)).unwrap_or_default();
            let pace = r.speed_m_s.map(|v| format!(" at {}", said.pace(v))).unwrap_or_default();
            Dot {
                x: r.x,
                y: r.raw_spm,
                tone: r.speed_m_s.map_or(Tone::Context, shade),
                hollow: false,
                title: format!("{date}: {} steps a minute{pace}", whole(r.raw_spm)),
            }
        })
        .collect()
}

/// A line where the device changed.
pub fn device_breaks(history: &History) -> Vec<Layer> {
    let mut breaks = Vec::new();
    let mut current: Option<usize> = None;
    for (first, epoch, length) in stretches(&history.epoch_of) {
        let stays = length >= LEAST_STRETCH || current.is_none();
        if !stays || current == Some(epoch) {
            continue;
        }
        if current.replace(epoch).is_some()
            && let (Some(before), Some(after), Some(device)) = (
                first.checked_sub(1).and_then(|i| history.days.get(i)),
                history.days.get(first),
                history.epochs.get(epoch),
            )
        {
            let x = (day_number(*before) + day_number(*after)) / 2.0;
            breaks.push(Layer::Break { x, label: device.label.clone() });
        }
    }
    breaks
}

/// Runs in a row on one device: first index, epoch, length.
fn stretches(epoch_of: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut all: Vec<(usize, usize, usize)> = Vec::new();
    for (i, epoch) in epoch_of.iter().enumerate() {
        match all.last_mut() {
            Some(last) if last.1 == *epoch => last.2 += 1,
            _ => all.push((i, *epoch, 1)),
        }
    }
    all
}

fn key(
    history: &History,
    runs: &[Run],
    adjusted: Option<&Series>,
    grouping: Grouping,
    said: Quantities,
) -> Vec<KeyItem> {
    let mut key = Vec::new();
    if grouping != Grouping::Run {
        let text = format!("one {}, with the middle half of its runs", grouping.word());
        key.push(KeyItem::new(Swatch::Dot, Tone::Context, text));
    } else if runs.iter().any(|r| r.speed_m_s.is_some()) {
        key.push(KeyItem {
            swatch: Swatch::Dot,
            tones: (0..5).map(Tone::Speed).collect(),
            text: "one run as run, slow to fast".to_owned(),
        });
    }
    if let Some(pace) = history.own_cadence().and_then(|own| said.known_pace(own.speed_m_s))
        && adjusted.is_some_and(|a| !at_own_pace(history, a).is_empty())
    {
        let text = format!("at your usual pace ({pace}), with its range");
        key.push(KeyItem::new(Swatch::Line, Tone::You, text));
    }
    key
}

/// The last trend that is drawn, and what was added to bring it to the page's usual pace.
fn recent_trend<'a>(history: &History, adjusted: Option<&'a Series>) -> Option<(&'a Trend, f64)> {
    let moves = history.to_own_pace();
    let drawn = |t: &'a Trend| t.line.and(*moves.get(t.epoch)?).map(|moved| (t, moved));
    adjusted?.trends.iter().rev().find_map(drawn)
}

/// Both ends of a line, in whole steps where these differ by what the line changed by.
fn ends(first: f64, last: f64) -> (String, String) {
    let agree = last.round() - first.round() == (last - first).round();
    let places = if agree { 0 } else { 1 };
    (quantities::decimals(first, places), quantities::decimals(last, places))
}

fn takeaway(
    history: &History,
    adjusted: Option<&Series>,
    runs: &[Run],
    said: Quantities,
) -> String {
    if let Some((trend, moved)) = recent_trend(history, adjusted)
        && let Some((first, last)) = trend.line
    {
        let pace = history.own_cadence().and_then(|own| said.known_pace(own.speed_m_s));
        let pace = pace.map_or_else(String::new, |pace| format!(" ({pace})"));
        let (first, last) = ends(first + moved, last + moved);
        // The last watch may be too new for a line of its own.
        let until = match lately::is_current(history, trend) {
            true => String::new(),
            false => ", with your earlier watch".to_owned(),
        };
        return match trend.sureness {
            _ if first == last => {
                format!("At your usual pace{pace} the line stays at {last} steps a minute{until}.")
            }
            Sureness::CannotTell => format!(
                "At your usual pace{pace} the line goes from {first} to {last} steps a \
                 minute{until}; chance alone could do that."
            ),
            sure => format!(
                "At your usual pace{pace} the line goes from {first} to {last} steps a \
                 minute{until} ({}).",
                sure.words()
            ),
        };
    }
    let rates = runs.iter().map(|r| r.raw_spm);
    let (low, high) = rates.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
    match runs {
        [only] => format!("One run, at {} steps a minute as run.", whole(only.raw_spm)),
        _ => format!(
            "{} runs between {} and {} steps a minute as run.",
            runs.len(),
            whole(low),
            whole(high)
        ),
    }
}

fn details(history: &History, adjusted: Option<&Series>, said: Quantities) -> Vec<String> {
    let mut lines = Vec::new();
    for trend in adjusted.iter().flat_map(|s| &s.trends) {
        let device = history.epochs.get(trend.epoch).map_or("", |e| e.label.as_str());
        let mut line = format!(
            "{device}: n = {} runs, {}",
            trend.n,
            quantities::span(trend.span.0, trend.span.1)
        );
        match (trend.change(), trend.change_interval()) {
            (Some(change), Some((low, high))) => line.push_str(&format!(
                "; change {} spm (95 % interval {} to {})",
                quantities::decimals(change, 1),
                quantities::decimals(low, 1),
                quantities::decimals(high, 1)
            )),
            (Some(change), None) => line.push_str(&format!(
                "; change {} spm, without an interval",
                quantities::decimals(change, 1)
            )),
            _ => line.push_str("; too few runs for a line"),
        }
        if let Some(detectable) = trend.detectable_change {
            line.push_str(&format!(
                "; a change of {} spm would have shown",
                quantities::decimals(detectable, 1)
            ));
        }
        if let Some(wander) = trend.usual_wander {
            line.push_str(&format!("; usual wandering {} spm", quantities::decimals(wander, 1)));
        }
        lines.push(line);
    }
    for model in &history.models {
        lines.push(format!(
            "Usual pace with {}: {}, your own median steady pace, from {} half-minute segments of \
             {} runs.",
            history.epochs.get(model.epoch).map_or("one watch", |e| e.label.as_str()),
            said.pace(model.reference_speed_m_s),
            model.segments,
            model.runs
        ));
        if let Some((raw, adjusted)) = model.local_sd_spm {
            lines.push(format!(
                "Noise from run to run {} spm as run, {} spm at the usual pace: {}.",
                quantities::decimals(raw, 1),
                quantities::decimals(adjusted, 1),
                worth_of_adjusting(raw, adjusted)
            ));
        }
    }
    lines
}

/// What setting cadence against speed brings this runner, in words; a fifth less noise is worth
/// a word, a third less is much. **chosen**.
fn worth_of_adjusting(raw: f64, adjusted: f64) -> &'static str {
    match adjusted / raw {
        share if share <= 0.67 => "setting cadence against speed helps you much",
        share if share <= 0.8 => "setting cadence against speed helps you a little",
        _ => "setting cadence against speed does little for you",
    }
}

fn table(history: &History, runs: &[Run], said: Quantities) -> Table {
    let adjusted = usual_pace(history);
    let rows = runs.iter().map(|r| {
        let adjusted = adjusted(r.index);
        vec![
            history.days.get(r.index).map(|d| day(*d)).unwrap_or_default(),
            quantities::decimals(r.raw_spm, 1),
            r.speed_m_s.map(|v| said.pace(v)).unwrap_or_else(|| "–".to_owned()),
            adjusted.map_or_else(|| "–".to_owned(), |a| quantities::decimals(a, 1)),
        ]
    });
    Table { columns: COLUMNS.map(str::to_owned).to_vec(), rows: rows.collect() }
}
