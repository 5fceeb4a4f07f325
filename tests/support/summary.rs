//! The device's own sums: laps and the session.

use super::device::{Device, Maker, Record, Summary};
use super::record::to_step;
use super::truth::Moment;

/// The laps that the device cut.
pub fn laps(every: &[(Record, &Moment)], device: &Device, end_s: i64) -> Vec<Summary> {
    let Some(lap_m) = device.lap_m else {
        let start_s = every.first().map_or(end_s, |(r, _)| r.unix_s);
        return vec![sum_up(every, start_s, end_s, device)];
    };
    let mut cuts = vec![0];
    for (i, (record, _)) in every.iter().enumerate() {
        if record.distance_m >= lap_m * cuts.len() as f64 {
            cuts.push(i);
        }
    }
    cuts.push(every.len());
    let bounds = cuts.windows(2).filter(|w| w[0] < w[1]);
    bounds
        .map(|w| {
            let start_s = every[w[0]].0.unix_s;
            let end_s = every.get(w[1]).map_or(end_s, |(r, _)| r.unix_s);
            sum_up(&every[w[0]..w[1]], start_s, end_s, device)
        })
        .collect()
}

/// The vendor's own totals and averages: from every second, not from what smart recording keeps.
pub fn sum_up(every: &[(Record, &Moment)], start_s: i64, end_s: i64, device: &Device) -> Summary {
    let mean = |pick: fn(&Record) -> Option<f64>| {
        let values = every.iter().filter_map(|(r, _)| pick(r)).filter(|v| *v != 0.0);
        let (n, sum) = values.fold((0.0, 0.0), |(n, sum), v| (n + 1.0, sum + v));
        (n > 0.0).then(|| sum / n)
    };
    // Garmin and COROS average cadence over all records, zeros included; Suunto skips zeros.
    let zeros = device.maker != Maker::Suunto;
    let (n, sum, top) = every
        .iter()
        .filter_map(|(r, _)| r.strides)
        .fold((0.0, 0.0, 0.0_f64), |(n, sum, top), s| {
            (n + if zeros || s > 0.0 { 1.0 } else { 0.0 }, sum + s, top.max(s))
        });
    let hearts = || every.iter().filter_map(|(r, _)| r.heart_bpm);
    let timer_s = every.len() as f64;
    let run_m = |moment: &Moment| moment.run_m * device.distance_scale;
    let first_m = every.first().map_or(0.0, |(_, m)| run_m(m));
    let last_m = every.last().map_or(0.0, |(_, m)| run_m(m));
    let altitudes: Vec<f64> = every.iter().filter_map(|(r, _)| r.altitude_m).collect();
    let climb = (altitudes.len() > 1).then(|| climb(&altitudes));
    Summary {
        start_s,
        end_s,
        distance_m: to_step(last_m - first_m, 0.01),
        timer_s,
        ascent_m: climb.map(|c| c.0.round() as u16),
        descent_m: climb.map(|c| c.1.round() as u16),
        strides: (n > 0.0).then(|| sum / n),
        max_strides: (n > 0.0).then_some(top),
        cycles: (n > 0.0).then(|| every.iter().map(|(_, m)| m.spm / 120.0).sum::<f64>() as u32),
        heart_bpm: hearts().max().map(|top| {
            let sum: f64 = hearts().map(f64::from).sum();
            ((sum / hearts().count() as f64).round() as u8, top)
        }),
        max_speed_m_s: every.iter().map(|(r, _)| r.speed_m_s).fold(0.0, f64::max),
        contact_ms: mean(|r| r.contact_ms),
        balance_left: mean(|r| r.balance_left),
        bounce_mm: mean(|r| r.bounce_mm),
        ratio_percent: mean(|r| r.ratio_percent),
        step_mm: mean(|r| r.step_mm),
    }
}

/// Ascent and descent as a watch counts them: a 7 s mean, and only moves of 2 m and more. The
/// figures are this imagined vendor's own.
fn climb(altitudes: &[f64]) -> (f64, f64) {
    const HALF_S: usize = 3;
    const MOVE_M: f64 = 2.0;
    let (mut up, mut down) = (0.0, 0.0);
    let mut anchor = altitudes[0];
    let mut extreme = anchor;
    for i in 0..altitudes.len() {
        let near = &altitudes[i.saturating_sub(HALF_S)..(i + HALF_S + 1).min(altitudes.len())];
        let here = near.iter().sum::<f64>() / near.len() as f64;
        let rising = extreme >= anchor;
        if (rising && here > extreme) || (!rising && here < extreme) {
            extreme = here;
        } else if (here - extreme).abs() >= MOVE_M {
            if (extreme - anchor).abs() >= MOVE_M {
                up += (extreme - anchor).max(0.0);
                down += (anchor - extreme).max(0.0);
            }
            anchor = extreme;
            extreme = here;
        }
    }
    if (extreme - anchor).abs() >= MOVE_M {
        up += (extreme - anchor).max(0.0);
        down += (anchor - extreme).max(0.0);
    }
    (up, down)
}
