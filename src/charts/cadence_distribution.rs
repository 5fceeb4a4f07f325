//! Where the running time lies: a small histogram of step rate for each band of paces, with
//! 170-180 drawn through all of them.

use super::cadence_trend::BAND_SPM;
use super::{
    Axis, Bar, Chart, ChartEntry, KeyItem, Layer, Layout, NoteSide, Panel, Scale, Section, Swatch,
    Table, Tick, Tone,
};
use crate::metrics::Reading;
use crate::quantities::{Quantities, decimals, share, whole};
use crate::segment::{CADENCE_BIN_SPM, SPEED_BIN_M_S};
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "cadence_distribution", section: Section::Cadence, describe };

/// Paces with a smaller share of all time at either end join their neighbour. **chosen**
const LEAST_ROW_SHARE: f64 = 0.02;
/// Columns with a smaller share of all time do not widen the picture. **chosen**
const LEAST_COLUMN_SHARE: f64 = 0.002;
/// Height of the fullest bar of a row, in rows.
const REACH: f64 = 0.82;

/// One row: a band of speeds with its seconds by step rate and its shares.
struct Row {
    label: String,
    /// Lower edge of each column in spm, with its seconds.
    columns: Vec<(f64, f64)>,
    shares: Shares,
}

/// An amount of running (minutes or steps) and how much of it lies below, in and above the band.
#[derive(Clone, Copy, Default)]
struct Amount {
    all: f64,
    parts: [f64; 3],
}

impl Amount {
    /// Adds an amount by its shares below, in and above.
    fn add(&mut self, amount: Option<f64>, shares: [Option<f64>; 3]) {
        if let (Some(amount), [Some(below), Some(inside), Some(above)]) = (amount, shares) {
            self.all += amount;
            for (sum, share) in self.parts.iter_mut().zip([below, inside, above]) {
                *sum += amount * share;
            }
        }
    }

    /// Shares below, in and above; `None` where there is nothing.
    fn shares(self) -> Option<[f64; 3]> {
        (self.all > 0.0).then(|| self.parts.map(|part| part / self.all))
    }

    /// What is left of an amount.
    fn less(self, other: Self) -> Self {
        let mut left = Self { all: (self.all - other.all).max(0.0), parts: self.parts };
        for (part, others) in left.parts.iter_mut().zip(other.parts) {
            *part = (*part - others).max(0.0);
        }
        left
    }

    fn plus(self, other: Self) -> Self {
        let mut sum = Self { all: self.all + other.all, parts: self.parts };
        for (part, others) in sum.parts.iter_mut().zip(other.parts) {
            *part += others;
        }
        sum
    }
}

/// Minutes and steps of the same running.
#[derive(Clone, Copy, Default)]
struct Shares {
    minutes: Amount,
    steps: Amount,
}

impl Shares {
    fn of_time(self) -> Option<[f64; 3]> {
        self.minutes.shares()
    }
}

/// Where the words of a row stand, as a part of its height. **chosen**: beside its bars.
const MIDDLE: f64 = 0.42;

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let said = Quantities::new(settings.display);
    let rows = rows(history, said);
    let all = total(history);
    let Some([below, inside, above]) = all.of_time() else {
        return Err("No step rate in these files. The watch's original FIT files carry it; \
                    a GPX export often does not."
            .to_owned());
    };
    let some = |part: f64| if part > 0.0 { share(part) } else { "none".to_owned() };
    let over = match history.runs.iter().filter(|r| bands(r).is_some()).count() {
        1 => "In this one run",
        _ => "Over all these runs, as run",
    };
    let takeaway = format!(
        "{over}, {} of your running is in 170–180, {} below and {} above.",
        some(inside),
        some(below),
        some(above)
    );
    let (low, high) = reach(&rows);
    let mut layers =
        vec![Layer::Column { low: BAND_SPM.0, high: BAND_SPM.1, label: "170–180".to_owned() }];
    layers.push(Layer::Boxes { boxes: bars(&rows, low, high) });
    layers.extend(rows.iter().enumerate().filter_map(|(k, row)| {
        let [_, inside, _] = row.shares.of_time()?;
        let y = (rows.len() - 1 - k) as f64 + MIDDLE;
        Some(Layer::Note {
            at: (high, y),
            text: share(inside),
            tone: Tone::You,
            side: NoteSide::Left,
        })
    }));
    let ticks = rows.iter().enumerate().map(|(k, row)| Tick {
        at: (rows.len() - 1 - k) as f64 + MIDDLE,
        label: row.label.clone(),
    });
    let mut x = Axis::numbers("steps a minute", low, high, 5).without_grid();
    (x.low, x.high) = (low, high);
    x.ticks.retain(|t| (low..=high).contains(&t.at));
    Ok(Chart {
        id: CHART.id,
        title: "Where your running time lies",
        key: vec![
            KeyItem::new(Swatch::Box, Tone::You, "time in 170–180, with its share"),
            KeyItem::new(Swatch::Box, Tone::Context, "time outside"),
        ],
        panels: vec![Panel {
            title: None,
            subtitle: None,
            description: format!("Histograms of step rate for each band of paces. {takeaway}"),
            x,
            y: Axis {
                label: format!("{}, slow to fast", said.pace_unit()),
                low: 0.0,
                high: rows.len() as f64,
                ticks: ticks.collect(),
                narrow_every: 1,
                grid: false,
                scale: Scale::Quantity,
            },
            height_px: height(rows.len()),
            layers,
        }],
        takeaway,
        layout: Layout::Half,
        details: vec![
            format!("n = {} minutes of settled running.", whole(all.minutes.all)),
            "The band is closed: 170.0 and 180.0 both count as inside.".to_owned(),
            "What a run did for under a minute at a pace is in the sum only.".to_owned(),
        ],
        table: table(&rows, all, said),
        metrics: &["cadence_bands"],
    })
}

fn height(rows: usize) -> (u32, u32) {
    let px = 96 + 44 * rows.clamp(2, 8) as u32;
    (px, px.max(330))
}

fn bands(run: &crate::Analysis) -> Option<Reading> {
    run.reading("cadence_bands")
}

/// Keys of the shares below, in and above the band, after a prefix.
const KEYS: [&str; 3] = ["below_170", "in_170_180", "above_180"];

fn total(history: &History) -> Shares {
    let mut all = Shares::default();
    for reading in history.runs.iter().filter_map(bands) {
        all.minutes.add(Some(reading.n), KEYS.map(|k| reading.get(&format!("{k}_share"))));
        let steps = KEYS.map(|k| reading.get(&format!("{k}_steps_share")));
        all.steps.add(reading.get("settled_steps"), steps);
    }
    all
}

/// Adds the runs' histograms and shares up, one row for each bin of speed, slowest first.
fn rows(history: &History, said: Quantities) -> Vec<Row> {
    let mut seconds: std::collections::BTreeMap<i64, Vec<(f64, f64)>> = Default::default();
    for histogram in history.runs.iter().map(|r| &r.cadence_seconds) {
        for (i, row) in histogram.rows().enumerate() {
            let speed = histogram.lowest_speed_m_s + i as f64 * SPEED_BIN_M_S;
            let all = seconds.entry((speed / SPEED_BIN_M_S).round() as i64).or_insert_with(|| {
                (0..row.len())
                    .map(|j| (histogram.lowest_spm + j as f64 * CADENCE_BIN_SPM, 0.0))
                    .collect()
            });
            for (sum, s) in all.iter_mut().zip(&row) {
                sum.1 += s;
            }
        }
    }
    let bins: Vec<Bin> = seconds
        .into_iter()
        .map(|(bin, columns)| Bin {
            bins: (bin, bin),
            open: (false, false),
            columns,
            shares: shares_at(history, bin),
        })
        .collect();
    let mut bins = joined(bins);
    let total: f64 = bins.iter().map(Bin::seconds).sum();
    bins.retain(|b| b.seconds() > LEAST_ROW_SHARE * total);
    bins.into_iter().map(|bin| bin.row(said)).collect()
}

/// Running in some neighbouring bins of speed.
struct Bin {
    /// First and last bin.
    bins: (i64, i64),
    /// Whether slower and whether faster paces with hardly any time are part of it.
    open: (bool, bool),
    columns: Vec<(f64, f64)>,
    shares: Shares,
}

impl Bin {
    fn seconds(&self) -> f64 {
        self.columns.iter().map(|c| c.1).sum()
    }

    /// Takes another one in.
    fn join(&mut self, other: &Self) {
        self.bins = (self.bins.0.min(other.bins.0), self.bins.1.max(other.bins.1));
        for (sum, more) in self.columns.iter_mut().zip(&other.columns) {
            sum.1 += more.1;
        }
        self.shares.minutes = self.shares.minutes.plus(other.shares.minutes);
        self.shares.steps = self.shares.steps.plus(other.shares.steps);
    }

    fn row(self, said: Quantities) -> Row {
        let pace = |bin: i64| {
            said.pace_digits(bin as f64 * SPEED_BIN_M_S).unwrap_or_else(|| "–".to_owned())
        };
        let (slow, fast) = self.bins;
        Row {
            label: match self.open {
                (true, false) => format!("over {}", pace(fast + 1)),
                (false, true) => format!("under {}", pace(slow)),
                _ => format!("{}–{}", pace(slow), pace(fast + 1)),
            },
            columns: self.columns,
            shares: self.shares,
        }
    }
}

/// Lets paces with hardly any time at either end join their neighbour.
fn joined(bins: Vec<Bin>) -> Vec<Bin> {
    let least = LEAST_ROW_SHARE * bins.iter().map(Bin::seconds).sum::<f64>();
    let mut from_slow: Vec<Bin> = Vec::new();
    for bin in bins {
        match from_slow.last_mut() {
            Some(last) if last.seconds() < least => {
                last.join(&bin);
                last.open.0 = true;
            }
            _ => from_slow.push(bin),
        }
    }
    while let [.., before, last] = from_slow.as_mut_slice() {
        if last.seconds() >= least {
            break;
        }
        before.join(last);
        before.open.1 = true;
        from_slow.pop();
    }
    from_slow
}

/// Shares of one speed bin over all runs.
fn shares_at(history: &History, bin: i64) -> Shares {
    let tenths = (bin as f64 * SPEED_BIN_M_S * 10.0).round() as i64;
    let prefix = format!("at_{}_{}_m_s", tenths / 10, tenths % 10);
    let mut sum = Shares::default();
    for reading in history.runs.iter().filter_map(bands) {
        let minutes = reading.get(&format!("{prefix}_s")).map(|s| s / 60.0);
        sum.minutes.add(minutes, KEYS.map(|k| reading.get(&format!("{prefix}_{k}_share"))));
        let steps = reading.get(&format!("{prefix}_steps"));
        sum.steps.add(steps, KEYS.map(|k| reading.get(&format!("{prefix}_{k}_steps_share"))));
    }
    sum
}

/// Span of step rates that the picture shows: all columns that hold some time, and the band.
fn reach(rows: &[Row]) -> (f64, f64) {
    let total: f64 = rows.iter().flat_map(|r| &r.columns).map(|c| c.1).sum();
    let mut by_column: std::collections::BTreeMap<i64, f64> = Default::default();
    for (low, s) in rows.iter().flat_map(|r| &r.columns) {
        *by_column.entry((low / CADENCE_BIN_SPM).round() as i64).or_default() += s;
    }
    let used = by_column.iter().filter(|(_, s)| **s > LEAST_COLUMN_SHARE * total);
    let (low, high) = used.fold((BAND_SPM.0 - 8.0, BAND_SPM.1 + 8.0), |(a, b), (column, _)| {
        let edge = *column as f64 * CADENCE_BIN_SPM;
        (a.min(edge), b.max(edge + CADENCE_BIN_SPM))
    });
    (low - CADENCE_BIN_SPM, high + 7.0 * CADENCE_BIN_SPM)
}

fn bars(rows: &[Row], low: f64, high: f64) -> Vec<Bar> {
    let mut bars = Vec::new();
    for (k, row) in rows.iter().enumerate() {
        let fullest = row.columns.iter().map(|c| c.1).fold(0.0, f64::max);
        let foot = (rows.len() - 1 - k) as f64;
        let shown = row.columns.iter().filter(|c| c.1 > 0.0 && c.0 >= low && c.0 < high);
        for (edge, seconds) in shown {
            let inside = *edge >= BAND_SPM.0 && *edge < BAND_SPM.1;
            bars.push(Bar {
                x: (edge + 0.12, edge + CADENCE_BIN_SPM - 0.12),
                y: (foot, foot + REACH * seconds / fullest),
                tone: if inside { Tone::You } else { Tone::Context },
                strength: 1.0,
                hollow: false,
                title: String::new(),
            });
        }
    }
    bars
}

/// What the rows do not hold: running without a speed, or for under a minute at a pace.
fn rest(rows: &[Row], all: Shares) -> Shares {
    let sum = |of: fn(&Shares) -> Amount| {
        rows.iter().map(|r| of(&r.shares)).fold(Amount::default(), Amount::plus)
    };
    Shares {
        minutes: all.minutes.less(sum(|s| s.minutes)),
        steps: all.steps.less(sum(|s| s.steps)),
    }
}

fn table(rows: &[Row], all: Shares, said: Quantities) -> Table {
    let line = |label: String, shares: Shares| {
        let mut line = vec![label];
        for (amount, places) in [
            (shares.minutes, decimals(shares.minutes.all, 0)),
            (shares.steps, whole(shares.steps.all)),
        ] {
            line.push(if amount.all > 0.0 { places } else { "–".to_owned() });
            let cells = amount.shares();
            line.extend(cells.map_or_else(|| ["–"; 3].map(str::to_owned), |c| c.map(share)));
        }
        line
    };
    let mut body = vec![line("All paces".to_owned(), all)];
    body.extend(rows.iter().map(|r| line(r.label.clone(), r.shares)));
    let rest = rest(rows, all);
    if rest.minutes.all >= 1.0 {
        body.push(line("Not told by pace".to_owned(), rest));
    }
    let mut columns = vec![format!("Pace, {}", said.pace_unit())];
    for amount in ["Minutes", "Steps"] {
        columns.push(amount.to_owned());
        columns.extend(["below 170", "170–180", "above 180"].map(|k| format!("{amount} {k}")));
    }
    Table { columns, rows: body }
}
