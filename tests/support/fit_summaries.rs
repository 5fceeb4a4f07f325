//! What a watch writes once a run is saved: laps, sessions, the activity.

use super::device::{CadenceStorage, Summary};
use super::fit_encoder::{FitEncoder, Value};
use super::write_fit::{Leg, fit_time, scaled16, scaled32, split_strides, time};

/// Laps, sessions and the activity.
pub(super) fn summaries(fit: &mut FitEncoder, legs: &[Leg<'_>], utc_offset_s: i32) {
    for leg in legs {
        for (i, lap) in leg.recorded.laps.iter().enumerate() {
            summary(fit, (6, 19, &LAP), lap, leg, i);
        }
    }
    for (i, leg) in legs.iter().enumerate() {
        summary(fit, (7, 18, &SESSION), &leg.recorded.session, leg, i);
    }
    let end_s = legs.last().map_or(0, |leg| leg.recorded.session.end_s);
    let timer_s: f64 = legs.iter().map(|leg| leg.recorded.session.timer_s).sum();
    fit.message(
        8,
        34,
        &[
            time(end_s),
            (0, scaled32(Some(timer_s), 1000.0)),
            (1, Value::U16(Some(legs.len() as u16))),
            (2, Value::Enum(u8::from(legs.len() > 1))),
            (3, Value::Enum(26)),
            (4, Value::Enum(1)),
            (5, Value::U32(Some(fit_time(end_s + i64::from(utc_offset_s))))),
        ],
    );
}

/// Field numbers that differ between lap and session.
struct SummaryFields {
    event: u8,
    sport: (u8, u8),
    heart: (u8, u8),
    cadence: (u8, u8),
    climb: (u8, u8),
    speed: (u8, u8),
    fraction: (u8, u8),
    bounce: u8,
    contact: u8,
    ratio: u8,
    balance: u8,
    step: u8,
}

const LAP: SummaryFields = SummaryFields {
    event: 9,
    sport: (25, 39),
    heart: (15, 16),
    cadence: (17, 18),
    climb: (21, 22),
    speed: (110, 111),
    fraction: (80, 81),
    bounce: 77,
    contact: 79,
    ratio: 118,
    balance: 119,
    step: 120,
};

const SESSION: SummaryFields = SummaryFields {
    event: 8,
    sport: (5, 6),
    heart: (16, 17),
    cadence: (18, 19),
    climb: (22, 23),
    speed: (124, 125),
    fraction: (92, 93),
    bounce: 89,
    contact: 91,
    ratio: 132,
    balance: 133,
    step: 134,
};

fn summary(
    fit: &mut FitEncoder,
    (local, global, at): (u8, u16, &SummaryFields),
    sum: &Summary,
    leg: &Leg<'_>,
    index: usize,
) {
    let (whole, fraction) = split_strides(sum.strides);
    let (max_whole, max_fraction) = split_strides(sum.max_strides);
    let speed = (sum.timer_s > 0.0).then(|| sum.distance_m / sum.timer_s);
    let mut fields = vec![
        time(sum.end_s),
        (254, Value::U16(Some(index as u16))),
        (0, Value::Enum(at.event)),
        (1, Value::Enum(1)),
        (2, Value::U32(Some(fit_time(sum.start_s)))),
        (7, scaled32(Some((sum.end_s - sum.start_s) as f64), 1000.0)),
        (8, scaled32(Some(sum.timer_s), 1000.0)),
        (9, scaled32(Some(sum.distance_m), 100.0)),
        (10, Value::U32(sum.cycles)),
        (at.sport.0, Value::Enum(leg.sport.0)),
        (at.sport.1, Value::Enum(leg.sport.1)),
        (at.speed.0, scaled32(speed, 1000.0)),
        (at.speed.1, scaled32(Some(sum.max_speed_m_s), 1000.0)),
        (at.heart.0, Value::U8(sum.heart_bpm.map(|h| h.0))),
        (at.heart.1, Value::U8(sum.heart_bpm.map(|h| h.1))),
        (at.cadence.0, whole),
        (at.cadence.1, max_whole),
        (at.climb.0, Value::U16(sum.ascent_m)),
        (at.climb.1, Value::U16(sum.descent_m)),
        (at.bounce, scaled16(sum.bounce_mm, 10.0, 0.0)),
        (at.contact, scaled16(sum.contact_ms, 10.0, 0.0)),
        (at.ratio, scaled16(sum.ratio_percent, 100.0, 0.0)),
        (at.balance, scaled16(sum.balance_left, 100.0, 0.0)),
        (at.step, scaled16(sum.step_mm, 10.0, 0.0)),
    ];
    if leg.recorded.device.cadence != CadenceStorage::WholeStrides {
        fields.push((at.fraction.0, fraction));
        fields.push((at.fraction.1, max_fraction));
    }
    if global == 18 {
        fields.push((26, Value::U16(Some(leg.recorded.laps.len() as u16))));
    }
    fit.message(local, global, &fields);
}
