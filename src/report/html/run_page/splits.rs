//! Kilometres or miles of one run, and its laps.

use maud::{Markup, html};

use super::figures;
use crate::charts::Table;
use crate::quantities::{Quantities, clock, decimals, spoken_duration, whole};
use crate::run::{RunDetail, Split};

/// The section; nothing for a run of one split and no laps.
pub fn splits(detail: &RunDetail, said: Quantities) -> Markup {
    let (splits, laps) = (&detail.splits, &detail.laps);
    let unit = if said.long_unit() == "km" { "Kilometres" } else { "Miles" };
    html! {
        @if splits.len() > 1 || !laps.is_empty() {
            section #splits aria-labelledby="splits-t" {
                h2 id="splits-t" { "Splits" }
                @if splits.len() > 1 {
                    div.card.whole {
                        h3 { (unit) }
                        (figures::table(&split_table(splits, said, ByLap::No), unit))
                    }
                }
                @if !laps.is_empty() {
                    div.card {
                        h3 { "Laps" }
                        (figures::table(&split_table(laps, said, ByLap::Yes), "laps"))
                    }
                }
            }
        }
    }
}

/// Whether splits are laps, which have a length of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByLap {
    Yes,
    No,
}

fn split_table(splits: &[Split], said: Quantities, by_lap: ByLap) -> Table {
    let some = |of: fn(&Split) -> Option<f64>| splits.iter().any(|s| of(s).is_some());
    let (rate, grade, heart) =
        (some(|s| s.step_rate_spm), some(|s| s.grade), some(|s| s.heart_rate_bpm));
    let full = splits.first().map_or(0.0, |s| s.metres);
    let rest = splits.last().is_some_and(|s| s.metres < 0.995 * full);
    let long = by_lap == ByLap::Yes;
    let first = if long { "Lap".to_owned() } else { said.long_unit().to_owned() };
    let mut columns = vec![first];
    if long {
        columns.push("Distance".to_owned());
    }
    columns.push("Time".to_owned());
    columns.push(format!("Pace, {}", said.pace_unit()));
    columns.extend(rate.then(|| "Steps a minute".to_owned()));
    columns.extend(grade.then(|| "Mean slope, %".to_owned()));
    columns.extend(heart.then(|| "Heart rate, bpm".to_owned()));
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let last = splits.len().saturating_sub(1);
    let row = |(i, split): (usize, &Split)| {
        let number = (i + 1).to_string();
        let name = match by_lap {
            ByLap::No if i == last && rest => format!("last {}", said.length(split.metres)),
            _ => number,
        };
        let mut cells = vec![name];
        if long {
            cells.push(said.length(split.metres));
        }
        cells.push(if split.seconds < LONG_SPLIT_S {
            clock(split.seconds)
        } else {
            spoken_duration(split.seconds)
        });
        cells.push(or_dash(split.speed_m_s().and_then(|v| said.pace_digits(v))));
        if rate {
            cells.push(or_dash(split.step_rate_spm.map(whole)));
        }
        if grade {
            cells.push(or_dash(split.grade.map(|g| decimals(100.0 * g, 1))));
        }
        if heart {
            cells.push(or_dash(split.heart_rate_bpm.map(whole)));
        }
        cells
    };
    Table { columns, rows: splits.iter().enumerate().map(row).collect() }
}

/// From here on a split is said in hours. **chosen**.
const LONG_SPLIT_S: f64 = 36_000.0;
