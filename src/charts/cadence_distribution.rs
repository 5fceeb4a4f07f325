//! Where the running time lies: a small histogram of step rate for each band of paces, with
//! 170-180 drawn through all of them.

use super::cadence_trend::BAND_SPM;
use super::{
    Axis, Bar, Chart, ChartEntry, KeyItem, Layer, Layout, NoteSide, Panel, Section, Swatch, Table,
    Tick, Tone,
};
use crate::metrics::{Outcome, Reading};
use crate::quantities::{Quantities, decimals, share, whole};
use crate::segment::{CADENCE_BIN_SPM, SPEED_BIN_M_S};
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "cadence_distribution", section: Section::Cadence, describe };

/// Rows with a smaller share of all time are left out of the picture. **chosen**
const LEAST_ROW_SHARE: f64 = 0.01;
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

/// Minutes and the shares of them below, in and above the band.
#[derive(Clone, Copy, Default)]
struct Shares {
    minutes: f64,
    below: f64,
    inside: f64,
    above: f64,
}

impl Shares {
    /// Adds shares of some minutes of a reading.
    fn add(&mut self, minutes: f64, parts: [Option<f64>; 3]) {
        if let [Some(below), Some(inside), Some(above)] = parts {
            self.minutes += minutes;
            self.below += minutes * below;
            self.inside += minutes * inside;
            self.above += minutes * above;
        }
    }

    fn of_time(self) -> Option<(f64, f64, f64)> {
        let m = self.minutes;
        (m > 0.0).then(|| (self.below / m, self.inside / m, self.above / m))
    }
}

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let said = Quantities::new(settings.display);
    let rows = rows(history, said);
    let all = total(history);
    let Some((below, inside, above)) = all.of_time() else {
        return Err("No step rate in these files. The watch's original FIT files carry it; \
                    a GPX export often does not."
            .to_owned());
    };
    let takeaway = format!(
        "{} of your running is in 170–180, {} below and {} above.",
        share(inside),
        share(below),
        share(above)
    );
    let (low, high) = reach(&rows);
    let mut layers =
        vec![Layer::Column { low: BAND_SPM.0, high: BAND_SPM.1, label: "170–180".to_owned() }];
    layers.push(Layer::Boxes { boxes: bars(&rows, low, high) });
    layers.extend(rows.iter().enumerate().filter_map(|(k, row)| {
        let (_, inside, _) = row.shares.of_time()?;
        let y = (rows.len() - 1 - k) as f64 + 0.62;
        Some(Layer::Note {
            at: (high, y),
            text: share(inside),
            tone: Tone::You,
            side: NoteSide::Left,
        })
    }));
    let ticks = rows
        .iter()
        .enumerate()
        .map(|(k, row)| Tick { at: (rows.len() - 1 - k) as f64 + 0.22, label: row.label.clone() });
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
                label: said.pace_unit().to_owned(),
                low: 0.0,
                high: rows.len() as f64,
                ticks: ticks.collect(),
                narrow_every: 1,
                grid: false,
            },
            height_px: height(rows.len()),
            layers,
        }],
        takeaway,
        layout: Layout::Half,
        details: vec![
            format!("n = {} minutes of settled running.", whole(all.minutes)),
            "The band is closed: 170.0 and 180.0 both count as inside.".to_owned(),
        ],
        table: table(&rows, all),
        metrics: &["cadence_bands"],
    })
}

fn height(rows: usize) -> (u32, u32) {
    let px = 96 + 44 * rows.clamp(2, 8) as u32;
    (px, px.max(330))
}

fn bands(run: &crate::Analysis) -> Option<&Reading> {
    run.outcome("cadence_bands").and_then(Outcome::reading)
}

fn total(history: &History) -> Shares {
    let mut all = Shares::default();
    for reading in history.runs.iter().filter_map(bands) {
        let keys = ["below_170_share", "in_170_180_share", "above_180_share"];
        all.add(reading.n, keys.map(|k| reading.get(k)));
    }
    all
}

/// Adds the runs' histograms and shares up, one row for each bin of speed, fastest first.
fn rows(history: &History, said: Quantities) -> Vec<Row> {
    let mut seconds: std::collections::BTreeMap<i64, Vec<(f64, f64)>> = Default::default();
    for histogram in history.runs.iter().map(|r| &r.cadence_seconds) {
        for (i, row) in histogram.seconds.iter().enumerate() {
            let speed = histogram.lowest_speed_m_s + i as f64 * SPEED_BIN_M_S;
            let all = seconds.entry((speed / SPEED_BIN_M_S).round() as i64).or_insert_with(|| {
                (0..row.len())
                    .map(|j| (histogram.lowest_spm + j as f64 * CADENCE_BIN_SPM, 0.0))
                    .collect()
            });
            for (sum, s) in all.iter_mut().zip(row) {
                sum.1 += s;
            }
        }
    }
    let time = |columns: &[(f64, f64)]| columns.iter().map(|c| c.1).sum::<f64>();
    let total: f64 = seconds.values().map(|c| time(c)).sum();
    seconds
        .into_iter()
        .rev()
        .filter(|(_, columns)| time(columns) > LEAST_ROW_SHARE * total)
        .map(|(bin, columns)| {
            let low = bin as f64 * SPEED_BIN_M_S;
            let pace = |v: f64| said.pace_digits(v).unwrap_or_else(|| "–".to_owned());
            Row {
                label: format!("{}–{}", pace(low), pace(low + SPEED_BIN_M_S)),
                columns,
                shares: shares_at(history, bin),
            }
        })
        .collect()
}

/// Shares of one speed bin over all runs.
fn shares_at(history: &History, bin: i64) -> Shares {
    let tenths = (bin as f64 * SPEED_BIN_M_S * 10.0).round() as i64;
    let prefix = format!("at_{}_{}_m_s", tenths / 10, tenths % 10);
    let mut sum = Shares::default();
    for reading in history.runs.iter().filter_map(bands) {
        let Some(seconds) = reading.get(&format!("{prefix}_s")) else { continue };
        let keys = ["below_170_share", "in_170_180_share", "above_180_share"];
        sum.add(seconds / 60.0, keys.map(|k| reading.get(&format!("{prefix}_{k}"))));
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

fn table(rows: &[Row], all: Shares) -> Table {
    let line = |label: String, shares: Shares| {
        let cells = shares.of_time().map_or_else(
            || vec!["–".to_owned(); 3],
            |(a, b, c)| vec![share(a), share(b), share(c)],
        );
        let mut line = vec![label, decimals(shares.minutes, 0)];
        line.extend(cells);
        line
    };
    let mut body = vec![line("All paces".to_owned(), all)];
    body.extend(rows.iter().map(|r| line(r.label.clone(), r.shares)));
    let columns = ["Pace", "Minutes", "Below 170", "170–180", "Above 180"];
    Table { columns: columns.map(str::to_owned).to_vec(), rows: body }
}
