//! What must agree with the device's own word, how closely, and what is known not to.

use std::fmt::Write as _;

use super::table::{Pair, Row, Verdict};
use lightfoot::prepare::vendor_summary::Definition;

/// Sessions shorter than this are not held against the device.
const LONG_ENOUGH_S: f64 = 600.0;
/// Share of the device's timer time that the records must speak for.
const COVERED_SHARE: f64 = 0.9;
/// Share of time with a cadence of zero from which our steps are only a lower bound.
const ZERO_SHARE: f64 = 0.05;

/// A quantity that both state.
pub struct Quantity {
    /// Name in the table.
    pub name: &'static str,
    /// Its tolerance in words.
    pub tolerance: &'static str,
    /// Ours and the device's.
    pub pair: fn(&Row) -> Pair,
    /// Whether the two agree.
    agree: fn(&Row, f64, f64) -> bool,
    /// Decimals that the table shows.
    decimals: usize,
}

/// All of them. Tolerances: means by the vendor's own definition, ascent by turning points.
pub const QUANTITIES: &[Quantity] = &[
    Quantity {
        name: "step rate",
        tolerance: "1 spm; 2 where whole strides are stored",
        pair: |row| row.step_rate,
        agree: |row, ours, device| {
            (ours - device).abs() <= if row.whole_strides { 2.0 } else { 1.0 }
        },
        decimals: 1,
    },
    Quantity {
        name: "distance",
        tolerance: "0.5 %",
        pair: |row| row.distance,
        agree: |_, ours, device| (ours - device).abs() <= 0.005 * device,
        decimals: 0,
    },
    Quantity {
        name: "timer",
        tolerance: "3 s",
        pair: |row| row.timer,
        agree: |_, ours, device| (ours - device).abs() <= 3.0,
        decimals: 0,
    },
    Quantity {
        name: "steps",
        tolerance: "1.5 %; at most so many where cadence reads 0 for over 5 % of the time",
        pair: |row| row.steps,
        agree: |row, ours, device| {
            ours <= 1.015 * device && (row.zero_share > ZERO_SHARE || ours >= 0.985 * device)
        },
        decimals: 0,
    },
    Quantity {
        name: "ascent",
        tolerance: "the larger of 15 % and 10 m",
        pair: |row| row.ascent,
        agree: |_, ours, device| (ours - device).abs() <= (0.15 * device).max(10.0),
        decimals: 0,
    },
];

/// A session that misses a tolerance: file, quantity and the reason.
type Exception = (&'static str, &'static str, &'static str);

/// All of them.
pub const EXCEPTIONS: &[Exception] = &[
    (
        "fit/dtcooper__python-fitparse__compressed-speed-distance.fit",
        "step rate",
        "Forerunner 70: its average (176) contradicts its own steps over its timer (161); records \
         every 5 s above zero give 173.8",
    ),
    (
        "fit/dtcooper__python-fitparse__compressed-speed-distance.fit",
        "steps",
        "records come every 5 s and steps between them are interpolated: 1.6 % more, where 1.5 % \
         would agree",
    ),
    (
        "fit/jimmykane__fit-parser__running-with-developer-data.fit",
        "steps",
        "the watch contradicts itself: its own average (159.8) over its own timer (1680.6 s) makes \
         4476 steps, as ours; its counter holds 4374",
    ),
    (
        "tcx/GoldenCheetah__sweatpy__3173437224.tcx",
        "timer",
        "the laps state 5 s more than the points span, 3510 against 3505",
    ),
    (
        "tcx/roznet__connectstats__activity_234979239.tcx",
        "timer",
        "the format has no timer events, nine pauses are inferred from gaps (its FIT twin agrees \
         within 1.2 s)",
    ),
];

/// Whether a session can be held against the device: a run of ten minutes whose records speak for
/// nearly all of it.
pub fn comparable(row: &Row) -> bool {
    let timer = row.timer.device.unwrap_or(0.0);
    row.verdict == Verdict::Run
        && row.step_rate.difference().is_some()
        && timer >= LONG_ENOUGH_S
        && row.covered_s >= COVERED_SHARE * timer
}

/// A session that misses a tolerance.
pub struct Miss<'a> {
    /// Where.
    pub row: &'a Row,
    /// What.
    pub quantity: &'static Quantity,
    /// Both figures.
    ours: f64,
    device: f64,
}

impl Miss<'_> {
    /// Why, where it is known.
    pub fn reason(&self) -> Option<&'static str> {
        let of = |e: &&Exception| e.0 == self.row.file && e.1 == self.quantity.name;
        EXCEPTIONS.iter().find(of).map(|e| e.2)
    }

    /// In one line.
    pub fn line(&self) -> String {
        format!(
            "{} #{}: {} {:.1} against {:.1} {:?}",
            self.row.file,
            self.row.part,
            self.quantity.name,
            self.ours,
            self.device,
            self.row.issues
        )
    }
}

/// Sessions that state a quantity, and those that miss its tolerance.
pub fn held<'a>(rows: &'a [Row], quantity: &'static Quantity) -> (usize, Vec<Miss<'a>>) {
    let mut stated = 0;
    let mut misses = Vec::new();
    for row in rows.iter().filter(|row| comparable(row)) {
        let pair = (quantity.pair)(row);
        let Some((ours, device)) = pair.ours.zip(pair.device) else { continue };
        stated += 1;
        if !(quantity.agree)(row, ours, device) {
            misses.push(Miss { row, quantity, ours, device });
        }
    }
    (stated, misses)
}

/// Sessions of devices whose definition of step rate is known, and those that agree.
pub fn of_known_definition(rows: &[Row]) -> (usize, usize) {
    let step_rate = &QUANTITIES[0];
    let known = || {
        let compared = rows.iter().filter(|row| comparable(row));
        compared.filter(|row| row.definition != Some(Definition::Unknown))
    };
    let agrees = |row: &&Row| {
        let both = row.step_rate.ours.zip(row.step_rate.device);
        both.is_some_and(|(ours, device)| (step_rate.agree)(row, ours, device))
    };
    (known().count(), known().filter(agrees).count())
}

/// What the documentation shows: the counts, and every exception with its reason.
pub fn text(rows: &[Row]) -> String {
    let mut out =
        String::from("| quantity | may differ by | sessions | agree |\n|---|---|--:|--:|\n");
    let held: Vec<_> = QUANTITIES.iter().map(|q| (q, held(rows, q))).collect();
    for (quantity, (stated, misses)) in &held {
        let _ = writeln!(
            out,
            "| {} | {} | {stated} | {} |",
            quantity.name,
            quantity.tolerance,
            stated - misses.len()
        );
    }
    out.push_str("\n| file | quantity | ours | device | why |\n|---|---|--:|--:|---|\n");
    for miss in held.iter().flat_map(|(_, (_, misses))| misses) {
        let places = miss.quantity.decimals;
        let _ = writeln!(
            out,
            "| {} | {} | {:.places$} | {:.places$} | {} |",
            miss.row.file,
            miss.quantity.name,
            miss.ours,
            miss.device,
            miss.reason().unwrap_or("not explained")
        );
    }
    out
}
