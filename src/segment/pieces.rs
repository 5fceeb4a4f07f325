//! Segments of 30 s of continuous form running.

use super::running::Masks;
use super::{Piece, plausible};
use crate::activity::{Activity, Channel, FORM_CAP_S};
use crate::units::{Grade, Quantity};

/// Length of a piece. Source: `science` 2.0.
pub(super) const PIECE_S: f64 = 30.0;
/// Share of a piece that must carry a value for the piece to have its mean. **chosen**: half, as
/// for steadiness.
const ENOUGH: f64 = 0.5;
/// Quantities that are averaged.
const QUANTITIES: usize = 8;

/// Cuts bouts into pieces. A tick's hold is divided where a piece ends inside it; what is left of a
/// bout after its last full piece is not used, nor is anything across an interval over 10 s.
pub(super) fn pieces(
    activity: &Activity,
    masks: &Masks,
    steady: &[bool],
    grade: Option<&Channel<Grade>>,
) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity((activity.clock.timer().0 / PIECE_S) as usize + 1);
    let source = Source::new(activity, grade);
    for bout in &masks.bouts {
        let mut open = Open::default();
        for i in bout.clone() {
            let hold_s = activity.clock.total_weight_s(i);
            if hold_s > FORM_CAP_S {
                open = Open::default();
                continue;
            }
            let counts = masks.running.get(i) == Some(&true);
            let values = if counts { source.at(i) } else { [f64::NAN; QUANTITIES] };
            let calm = steady.get(i) == Some(&true);
            let mut begin_s = activity.clock.times_s().get(i).copied().unwrap_or_default();
            let mut left_s = hold_s;
            while left_s > 0.0 {
                let take_s = left_s.min(PIECE_S - open.elapsed_s);
                open.add(begin_s, take_s, counts, calm, &values);
                begin_s += take_s;
                left_s -= take_s;
                if open.elapsed_s >= PIECE_S - 1e-6 {
                    pieces.extend(open.piece());
                    open = Open::default();
                }
            }
        }
    }
    pieces
}

/// The channels that pieces average, in the order of [`Open::sums`].
struct Source<'a> {
    activity: &'a Activity,
    grade: Option<&'a Channel<Grade>>,
    truncated_spm: f64,
}

impl<'a> Source<'a> {
    fn new(activity: &'a Activity, grade: Option<&'a Channel<Grade>>) -> Self {
        let truncated_spm =
            if activity.meta.whole_stride_cadence { super::TRUNCATION_SPM } else { 0.0 };
        Self { activity, grade, truncated_spm }
    }

    /// Values of one tick, NaN where absent or not plausible (a NaN never leaves this file).
    fn at(&self, i: usize) -> [f64; QUANTITIES] {
        fn raw<Q: Quantity>(channel: Option<&Channel<Q>>, i: usize) -> f64 {
            channel.and_then(|c| c.get(i)).map_or(f64::NAN, Quantity::value)
        }
        fn bounded(value: f64, range: &std::ops::RangeInclusive<f64>) -> f64 {
            if range.contains(&value) { value } else { f64::NAN }
        }
        let c = &self.activity.channels;
        [
            raw(c.speed.as_ref(), i),
            raw(c.step_rate.as_ref(), i) + self.truncated_spm,
            raw(self.grade, i),
            bounded(raw(c.ground_contact_time.as_ref(), i), &plausible::GROUND_CONTACT_TIME_MS),
            bounded(raw(c.vertical_oscillation.as_ref(), i), &plausible::VERTICAL_OSCILLATION_MM),
            bounded(raw(c.vertical_ratio.as_ref(), i), &plausible::VERTICAL_RATIO_PERCENT),
            bounded(raw(c.contact_balance_left.as_ref(), i), &plausible::CONTACT_BALANCE_PERCENT),
            bounded(raw(c.heart_rate.as_ref(), i), &plausible::HEART_RATE_BPM),
        ]
    }
}

/// A piece under way.
#[derive(Clone, Copy, Default)]
struct Open {
    start_s: f64,
    elapsed_s: f64,
    counted_s: f64,
    steady_s: f64,
    seconds: [f64; QUANTITIES],
    sums: [f64; QUANTITIES],
}

impl Open {
    fn add(
        &mut self,
        begin_s: f64,
        take_s: f64,
        counts: bool,
        calm: bool,
        values: &[f64; QUANTITIES],
    ) {
        if self.elapsed_s == 0.0 {
            self.start_s = begin_s;
        }
        self.elapsed_s += take_s;
        if !counts {
            return;
        }
        self.counted_s += take_s;
        if calm {
            self.steady_s += take_s;
        }
        for ((sum, seconds), value) in self.sums.iter_mut().zip(&mut self.seconds).zip(values) {
            // Without a branch: all quantities of a tick at once.
            let (value, weight) = if value.is_nan() { (0.0, 0.0) } else { (*value, take_s) };
            *sum += weight * value;
            *seconds += weight;
        }
    }

    /// The finished piece; `None` where speed or step rate cover too little of it.
    fn piece(&self) -> Option<Piece> {
        let mut means = [None; QUANTITIES];
        for ((mean, sum), seconds) in means.iter_mut().zip(self.sums).zip(self.seconds) {
            *mean = (seconds >= ENOUGH * PIECE_S).then(|| sum / seconds);
        }
        let [speed, step_rate, grade, contact, oscillation, ratio, balance, heart] = means;
        Some(Piece {
            start_s: self.start_s,
            duration_s: self.counted_s,
            speed_m_s: speed?,
            step_rate_spm: step_rate?,
            grade,
            steady: self.steady_s >= ENOUGH * PIECE_S,
            ground_contact_time_ms: contact,
            vertical_oscillation_mm: oscillation,
            vertical_ratio_percent: ratio,
            contact_balance_left_percent: balance,
            heart_rate_bpm: heart,
        })
    }
}
